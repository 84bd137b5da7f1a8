"""What a deployment still lacks, in plain sentences: in English on the command line, in Chinese on
the system administrator's page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.alarm_roles import hears_alarms
from admin.accounts.role_names import ROLE_NAMES
from admin.files.holding import state_of_scanner
from admin.hand_over.hearing import unheard
from admin.outbox.choosing import mail_server_lacks, sends_mails, sends_texts
from admin.outbox.lost import lost_texts
from admin.system.campaign_findings import campaign_findings
from admin.system.class_findings import class_findings
from admin.system.file_rights import rights_findings
from admin.system.finding import Finding
from admin.system.heads_out import kept_outside, stay_here
from admin.system.key_state import key_findings
from admin.system.last_backup import age_of_backup, is_too_old
from admin.system.machine import machine_findings
from admin.system.outside_audit import hold_against
from admin.system.outside_head import NotAHead
from intake.outbox.standing_still import stands_still
from intake.rules.recusal import barred_units
from intake.sms.spool import state_of_spool
from intake.vault.vault import vault_of
from portal.campaign.book import Book, NoCampaign, book
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff
from portal.publicity.fonts import PACKAGE, font_folder

# One takes the file, another its passphrase.
_CARRIERS = 2


def findings(session: Session, settings: Settings) -> list[Finding]:
    """One finding for each thing that should be mended before citizens are let in."""
    return [
        *key_findings(session, settings),
        *class_findings(session),
        *campaign_findings(session, settings),
        *_staff(session),
        *_hand_over(session),
        *_texts(session, settings),
        *_fonts(settings),
        *_scanner(settings),
        *_backup(session, settings),
        *_heads(session, settings),
        *_machine(session, settings),
    ]


def stranded(session: Session) -> list[str]:
    """A sentence where cases wait that accuse everybody who could carry them away. It is for the
    machine's operator alone: on a page it would tell the accused of them."""
    try:
        found = book(session)
    except NoCampaign:
        return []
    lost, superior = unheard(session, found), found.unit_name(found.campaign.superior_code)
    if not lost:
        return []
    sentence = (
        f"Cases that wait to be carried and accuse everybody who could carry them: {lost}. Ask "
        f"{superior} to send two people, and give them accounts with one of the roles "
        f"{', '.join(found.campaign.alarm_roles)}."
    )
    return [sentence]


def mail_faults(settings: Settings) -> list[str]:
    """A sentence where mails wouldn't go out. The server is called, greeted and signed in to, and
    told who would send; no mail is sent. For the command line alone: the sites don't know the
    server, and a page shouldn't wait for it."""
    if not sends_mails(settings):
        return []
    if not settings.smtp_url:
        return ["Mail is offered and nobody sends it: set SMTP_URL beside MAIL_FROM."]
    lacks = mail_server_lacks(settings)
    if not lacks:
        return []
    sentence = (
        f"The mail server doesn't take mails from us ({lacks}): see SMTP_URL and MAIL_FROM. It was "
        "called as far as MAIL FROM; nothing was sent."
    )
    return [sentence]


def _machine(session: Session, settings: Settings) -> Iterator[Finding]:
    """A demonstration may run anywhere."""
    if not settings.demo:
        yield from rights_findings(settings)
        yield from machine_findings(session, settings)


def _staff(session: Session) -> Iterator[Finding]:
    found = session.scalars(select(Staff).where(Staff.active)).all()
    for role in (Role.OFFICE, Role.OFFICE_HEAD, Role.DISCIPLINE, Role.PUBLISHER):
        if not any(person.holds(role) for person in found):
            how = f"flask --app wsgi staff add NAME --unit CODE --role {role}"
            yield Finding(
                f"Nobody holds the role {role}: run `{how}`.",
                f"没有人当{ROLE_NAMES[role]}：运行 {how}",
            )


def _hand_over(session: Session) -> Iterator[Finding]:
    """Whether a case can still be carried away that accuses all who direct the handling."""
    try:
        found = book(session)
    except NoCampaign:
        return
    campaign = found.campaign
    directing = barred_units(_heads_of(found), found.below)
    staff = session.scalars(select(Staff).where(Staff.active)).all()
    free = [x for x in staff if hears_alarms(x, found) and not x.unit_codes & directing]
    if len(free) < _CARRIERS:
        yield Finding(
            f"{len(free)} of the two people are there who would have to carry a case that accuses "
            "the office and discipline inspection: give two more, of other units, one of the roles "
            f"{', '.join(campaign.alarm_roles)}.",
            f"同时反映办公室和纪检监察的件，要由两个人带出去，现在有{len(free)}个："
            "再请别的单位的两个人担任"
            f"{'或者'.join(ROLE_NAMES[Role(one)] for one in campaign.alarm_roles)}",
        )


def _texts(session: Session, settings: Settings) -> Iterator[Finding]:
    if not vault_of(session).knows_worker:
        yield Finding(
            "The worker's public key isn't pinned: run `flask --app wsgi init`.",
            "后台任务的公钥还没有固定：运行 flask --app wsgi init",
        )
    if not sends_texts(settings):
        yield Finding(
            "No notices are sent by text: set SMS_GATEWAY_URL or the TWILIO_ settings.",
            "没有接通短信：写好 SMS_GATEWAY_URL，或者 TWILIO_ 开头的几项设置",
        )
    spooled = state_of_spool(settings.spool_dir)
    if spooled != "ok":
        yield Finding(
            f"In {settings.spool_dir}: {spooled}. See whether `flask worker` runs, and its log.",
            "系统忙的时候收下的短信还没有登记：看一看 flask worker 有没有在跑，再看它的日志",
        )
    with suppress(NoCampaign):
        if stands_still(session):
            yield Finding(
                "Notices have waited for more than an hour: see whether `flask worker` runs.",
                "该发的通知等了一个多小时没有发：看一看 flask worker 有没有在跑",
            )
        if lost_texts(session):
            yield Finding(
                "Texts or mails didn't arrive: the system's page lists them.",
                "有短信或者邮件没有发成，看“发了多少，哪些没有发成”",
            )


def _scanner(settings: Settings) -> Iterator[Finding]:
    if state_of_scanner(settings) != "ok":
        yield Finding(
            "Staff can open no file: start clamd, or see CLAMD_SOCKET.",
            "杀毒程序没有回答，谁也打不开文件：启动 clamd，或者看 CLAMD_SOCKET",
        )


def _fonts(settings: Settings) -> Iterator[Finding]:
    if font_folder(settings.fonts_dir) is None:
        yield Finding(
            f"Posters can't be made as PDF: install the package {PACKAGE}, or set FONTS_DIR.",
            f"海报做不成PDF，缺中文字体：安装 {PACKAGE}，或者写好 FONTS_DIR",
        )


def _backup(session: Session, settings: Settings) -> Iterator[Finding]:
    age = age_of_backup(session)
    if settings.demo or not is_too_old(age):
        return
    how = "flask --app wsgi backup FILE"
    if age is None:
        yield Finding(
            f"No backup was ever taken: run `{how}`.",
            f"还没有备份过：运行 {how}",
        )
        return
    yield Finding(
        f"The last backup is {age.days} days old: run `{how}`.",
        f"上一次备份是{age.days}天以前：运行 {how}",
    )


def _heads(session: Session, settings: Settings) -> Iterator[Finding]:
    """Whether a head of the chain leaves the machine every day, and whether the chain still fits
    those that did."""
    ways = list(stay_here(session, settings))
    if "file" in ways:
        yield Finding(
            f"No head of the chain of events was written to {settings.heads_file} for two days: "
            "see whether `flask worker` runs and may write there (HEADS_FILE).",
            "链头两天没有写到文件里：看一看 flask worker 有没有在跑，HEADS_FILE 写不写得进去",
        )
    if "mail" in ways:
        yield Finding(
            "No head of the chain of events was mailed to everybody of HEADS_MAIL_TO for two days: "
            "see SMTP_URL and the addresses.",
            "链头两天没有用邮件送齐：看一看 SMTP_URL 和 HEADS_MAIL_TO 里的地址",
        )
    said = _misfit(session, settings)
    if said:
        yield Finding(
            f"The chain of events doesn't fit {settings.heads_file}: {said} Run `flask --app wsgi "
            "verify-audit`.",
            "留痕和机器外面的链头对不上：不要再动，先查清楚，运行 flask --app wsgi verify-audit",
        )


def _misfit(session: Session, settings: Settings) -> str:
    """The first thing that doesn't fit; what a restore lost does, as far as it can."""
    try:
        misfits = hold_against(session, kept_outside(settings.heads_file)).misfits
    except NotAHead as cut:
        return str(cut)
    except (OSError, UnicodeDecodeError):
        return "it can't be read"
    return misfits[0] if misfits else ""


def _heads_of(found: Book) -> frozenset[str]:
    """Discipline inspection, and the topmost body that holds the office and nobody else's unit."""
    office = found.office
    return frozenset({found.campaign.discipline_code, office.parent_code or office.code})

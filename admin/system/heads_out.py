"""Once a day the newest signed head of the chain leaves the machine: as a line of a file that lies
outside the database, and by mail. It says nothing of any case but how many events there are.

Whoever can write the database can't take back what stands elsewhere; that is all of its use, so
that the file should lie on another machine, or on something that is written once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.outbox.choosing import mail_provider_of
from admin.outbox.provider import OpenText, Provider, Verdict
from admin.system.event_audit import sign_head
from admin.system.outside_head import OutsideHead, heads_in, in_groups
from intake.cases.daily_head import DailyHead
from intake.cases.event import Event, SignedHead
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings

# A day without a head may be a day on which nothing ran; two aren't.
_LONGEST = timedelta(days=2)
_SHOWN = 31


def carry_heads(database: Database, *, settings: Settings) -> None:
    """Let today's head leave, wherever it hasn't gone yet. No way waits for another.

    Raises:
        OSError: the file can't be written; the mails have gone all the same.
    """
    with database.writing() as session:
        head = _head_of(session, clock.today())
        if head is None:
            return
        outside = _as_outside(session, head)
    try:
        _file(database, head, outside, settings.heads_file)
    finally:
        if settings.smtp_url:
            provider = mail_provider_of(settings)
            for address in settings.heads_mail_to:
                _mail(database, head, _letter(outside, address), provider)


def append(file: Path, head: OutsideHead) -> None:
    """Write a head under the others, for nobody else to read. Where the worker was stopped after
    the line and before it noted it, the line comes twice."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{head.line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(file.parent)


def kept_outside(file: Path) -> list[OutsideHead]:
    """The heads of a file; none where there is no file.

    Raises:
        NotAHead: a line of it isn't whole.
    """
    return heads_in(file.read_text()) if file.is_file() else []


def last_heads(session: Session) -> list[DailyHead]:
    """The heads of the last month, newest first."""
    wanted = select(DailyHead).order_by(DailyHead.on.desc()).limit(_SHOWN)
    return list(session.scalars(wanted))


def stay_here(session: Session, settings: Settings) -> Iterator[str]:
    """Which ways no head has gone for two days: "file", "mail"."""
    since = clock.today() - _LONGEST
    first = session.get(Event, 1)
    if first is None or clock.day_of(first.happened_at) >= since:
        return
    newest = [one for one in last_heads(session) if one.on >= since]
    if not any(one.filed_at for one in newest):
        yield "file"
    wanted = frozenset(settings.heads_mail_to)
    if wanted and not any(wanted <= set(one.mailed_to) for one in newest):
        yield "mail"


def _as_outside(session: Session, head: DailyHead) -> OutsideHead:
    """A day's head as it leaves."""
    signed = session.get(SignedHead, head.seq)
    signed_at = signed.signed_at if signed else None
    return OutsideHead(head.digest, head.seq, head.on, head.signature, signed_at)


def _head_of(session: Session, on: date) -> DailyHead | None:
    """The day's head; where there is none yet, the newest signed one becomes it."""
    head = session.get(DailyHead, on)
    if head is None:
        sign_head(session)
        session.flush()
        newest = session.scalars(
            select(SignedHead).order_by(SignedHead.seq.desc()).limit(1)
        ).first()
        if newest is None:
            return None
        head = DailyHead(
            on=on, seq=newest.seq, digest=newest.digest, signature=newest.signature, mailed_to=[]
        )
        session.add(head)
    return head


def _file(database: Database, head: DailyHead, outside: OutsideHead, file: Path) -> None:
    """Write a head into the file, unless it is there."""
    if head.filed_at is not None:
        return
    append(file, outside)
    with database.writing() as session:
        session.get_one(DailyHead, head.on).filed_at = clock.now()


def _mail(database: Database, head: DailyHead, letter: OpenText, provider: Provider) -> None:
    """Mail a head to one address that hasn't got it; whoever can't be reached is tried again with
    the next round."""
    if letter.to in head.mailed_to:
        return
    verdict = provider.send(letter).verdict
    # Whether he has it nobody knows where the line broke: one mail too many does no harm.
    if verdict is Verdict.TAKEN:
        with database.writing() as session:
            stored = session.get_one(DailyHead, head.on, with_for_update=True)
            stored.mailed_to = [*stored.mailed_to, letter.to]


def _letter(head: OutsideHead, to: str) -> OpenText:
    body = (
        f"{head.on}的链头。链头是留痕的封口：以后谁改了、删了以前的留痕，一对就知道。\n"
        "请把这封信留好，不要删。里面没有任何来件的内容。\n\n"
        f"到第{head.seq}条为止\n"
        f"校验值：{head.groups}\n"
        f"签名：{in_groups(head.signature)}\n\n"
        "核对的时候，把这封信存成文本文件，请管机器的人运行：\n"
        "flask --app wsgi verify-audit --heads 文件\n\n"
        f"{head.line}\n"
    )
    return OpenText(
        reference=f"head-{head.on}-{head.digest.hex()[:16]}",
        to=to,
        subject=f"惠民热线 {head.on} 的链头",
        body=body,
        tried_since=clock.now(),
    )

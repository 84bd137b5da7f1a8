"""What a deployment lacks of its campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from admin.system.finding import Finding
from intake.vault.unit_key import UntrustedKey, public_keys
from portal.campaign.book import Book, NoCampaign, book
from portal.campaign.retention_rule import Beside, RetentionRule
from portal.foundation import clock, demo_clock
from portal.foundation.settings import Settings

# Dates of cases reach so far ahead.
_HORIZON = timedelta(days=60)


def campaign_findings(session: Session, settings: Settings) -> Iterator[Finding]:
    """Whether one is loaded, with real telephones, all working days that are needed, months for
    all that people type, and public keys that nobody swapped."""
    try:
        found = book(session)
    except NoCampaign:
        yield Finding(
            "No campaign is loaded: run `flask --app wsgi campaign load campaigns/NAME`.",
            "还没有装入治理方案：运行 flask --app wsgi campaign load campaigns/名称",
        )
        return
    if not settings.demo and found.has_samples:
        yield Finding(
            "Telephones, units or policies are samples, or a policy wasn't checked yet: put the "
            "real ones into the campaign's files.",
            "电话、单位或者补贴还是样例，或者没有核对过：把真的写进方案的文件里",
        )
    if not settings.demo and demo_clock.is_there(settings):
        yield Finding(
            "The clock is a demonstration's: start again in a new DATA_DIR.",
            "时钟是演示用的：换一个新的数据目录，从头来",
        )
    if not found.calendar.is_known(clock.today()):
        yield Finding(
            "This year's working days aren't loaded: run `flask --app wsgi calendar load FILE`.",
            "今年的工作日还没有装入：运行 flask --app wsgi calendar load 文件",
        )
    elif not found.calendar.is_known(clock.today() + _HORIZON):
        yield Finding(
            "Dates of cases reach beyond the calendar: load the next year's working days as soon "
            "as the State Council has published them (`flask --app wsgi calendar load FILE`).",
            "期限要算到还没有装入的年份：国务院一公布放假安排，就到“办公室”的“工作日历”装入",
        )
    yield from _months(found)
    yield from _swapped(session, found)


def _months(found: Book) -> Iterator[Finding]:
    """A campaign that was loaded before a row was there lacks it until it is loaded again."""
    rule = RetentionRule.of(found.campaign)
    without = [what for what in Beside if rule is None or rule.months_of(what) is None]
    if without:
        names = "、".join(what.plain for what in without)
        yield Finding(
            f"No months say how long {', '.join(without)} is kept, so nothing of it is ever "
            "destroyed: load the campaign again, with a row `[[retention.beside]]` for each.",
            f"{names}没有写保存几个月，会一直留着：在方案的 [[retention.beside]] 里写好，"
            "再装入一次",
        )


def _swapped(session: Session, found: Book) -> Iterator[Finding]:
    try:
        public_keys(session, frozenset(found.units))
    except UntrustedKey as untrusted:
        yield Finding(
            f"The public key of {untrusted} isn't signed by the pinned key: somebody swapped it.",
            f"{untrusted} 的公钥没有签名，被人换过：先停下，查清楚再用",
        )

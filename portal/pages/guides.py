"""How the line is used, what protects a reporter and what can't, what becomes of personal
information, and how far the pages reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from portal.campaign.book import Book, book
from portal.campaign.clock_rule import ClockRule
from portal.campaign.kinds import Kind
from portal.campaign.retention_rule import RetentionRule
from portal.campaign.rights_rule import RightsRule
from portal.foundation.cached_pages import published_page
from portal.foundation.database import reading
from portal.pages.blueprint import blueprint, book_in_force, filled
from portal.published.notice import STANDING, Notice, NoticeKind
from portal.published.processing import PROCESSED, RIGHTS

# What a citizen hears in the end, for each clock that ends so; and the day it is counted from.
_ENDS = {"reply": "答复您", "close": "办完", "conclude": "告诉您办了没有"}
_STARTS = {"registered": "收到后", "accepted": "收下后", "received": "确认收到后"}
_ORDER = (
    Kind.CONSULTATION,
    Kind.COMPLAINT,
    Kind.TIP_OFF,
    Kind.PETITION,
    Kind.DISCLOSURE_REQUEST,
)


@blueprint.get("/help", endpoint="help")
@published_page
def help_page() -> str:
    """How to report, by which way, and by when an answer comes."""
    listed = select(Notice.slug, Notice.title).where(STANDING, Notice.kind == NoticeKind.GUIDE)
    with reading() as session:
        found = book(session)
        guides = session.execute(listed.order_by(Notice.slug)).all()
    return help_of(found, guides)


@blueprint.get("/safety")
@published_page
def safety() -> str:
    """What is kept from whom, and what a reader should know before he writes."""
    return safety_of(book_in_force())


@blueprint.get("/accessibility")
@published_page
def accessibility() -> str:
    """What the pages are made to do for everybody, and what nobody has tried yet."""
    return accessibility_of(book_in_force())


@blueprint.get("/personal-information")
@published_page
def personal_information() -> str:
    """What becomes of personal information (个人信息保护法 7, 17), and what may be asked about
    it."""
    return personal_information_of(book_in_force())


def help_of(found: Book, guides: Sequence[Any] = ()) -> str:
    """The page on how the line is used, with the guides that it leads to."""
    kinds = [(kind, _promise(found, kind)) for kind in _ORDER]
    return filled("help", found, kinds=kinds, guides=guides)


def safety_of(found: Book) -> str:
    """The page on what protects a reporter."""
    discipline = found.units[found.campaign.discipline_code]
    retention = RetentionRule.of(found.campaign)
    return filled("safety", found, office=found.office, discipline=discipline, retention=retention)


def personal_information_of(found: Book) -> str:
    """The page on personal information."""
    return filled(
        "personal_information",
        found,
        office=found.office,
        rule=RightsRule.of(found.campaign),
        processed=PROCESSED,
        rights=RIGHTS,
    )


def accessibility_of(found: Book) -> str:
    """The accessibility statement."""
    return filled("accessibility", found)


def _promise(found: Book, kind: Kind) -> str:
    """By when a kind is answered, as the campaign's clocks say; the earlier of law and promise."""
    rules = [
        rule
        for rule in found.limits_for(kind)
        if rule.kind is kind and rule.is_usual and rule.clock in _ENDS and rule.starts in _STARTS
    ]
    if not rules:
        return ""
    rule = min(rules, key=_length)
    days = "个工作日" if rule.in_working_days else "天"
    return f"{_STARTS[rule.starts]}{rule.limit}{days}内{_ENDS[rule.clock]}"


def _length(rule: ClockRule) -> float:
    """About how many days a limit lasts: five working days are a week."""
    return rule.limit * (7 / 5 if rule.in_working_days else 1)

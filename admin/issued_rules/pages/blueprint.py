"""The blueprint that the pages of issued rules hang on, and what several of them do."""

from __future__ import annotations

from flask import abort, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.entries.standing import NeedsReason
from admin.entries.withdrawal import why_not
from admin.issued_rules.answering import NoSuchProblems
from admin.issued_rules.entering import (
    NeedsTitle,
    NoLink,
    NoSuchNotice,
    NotYet,
    NotYourUnit,
    SameDocument,
)
from admin.issued_rules.issued_rule import IssuedRule
from admin.issued_rules.rule_list import rule_to_write
from admin.issued_rules.rule_reader import RuleReader
from admin.publishing.people_check import PointsToPerson
from portal.campaign.book import book
from portal.foundation.links import Links
from portal.foundation.staff import Role

# Who writes; whose entries, the reader knows.
WRITING_ROLES = (Role.OFFICER, Role.HEAD, Role.OFFICE, Role.OFFICE_HEAD)

blueprint = room("issued_rules", __name__)
Answer = str | tuple[str, int] | Response

NOUN = "这一条"
WHY = why_not(NOUN)
# Which field a refusal belongs to, and what it says there.
_FAULTS = {
    NotYourUnit: ("unit", "请选您自己的单位"),
    NeedsTitle: ("title", "请写文件标题"),
    NotYet: ("issued_on", "这一天还没有到"),
    NoLink: ("link", "网址要从http://或https://写起；没有公开，空着"),
    NoSuchNotice: ("notice", "没有这条通知，请重新选"),
    SameDocument: ("document_number", "这份文件已经记过一条，再记就算了两遍"),
    NeedsReason: ("reason", "请写为什么"),
}
FAULTS: tuple[type[Exception], ...] = (PointsToPerson, NoSuchProblems, *_FAULTS)


def fault_of(refusal: Exception) -> tuple[str, str]:
    """The field that a refusal belongs to, and what it says there."""
    if isinstance(refusal, PointsToPerson):
        return refusal.field, refusal.said
    if isinstance(refusal, NoSuchProblems):
        return "problems", f"台账里没有：{'、'.join(refusal.numbers)}"
    return _FAULTS[type(refusal)]


def rule_reader(session: Session) -> RuleReader:
    """Whoever is signed in, as a reader of rules."""
    return RuleReader.of(signed_in(), book(session))


def to_write(
    session: Session, me: RuleReader, rule_id: int, *, to_change: bool = False
) -> IssuedRule:
    """The entry of that number; what isn't his to write is as if it weren't there."""
    return rule_to_write(session, me, rule_id, to_change=to_change) or abort(404)


def links() -> Links:
    """Every address."""
    found: Links = current_app.extensions["links"]
    return found

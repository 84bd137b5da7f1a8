"""Entering a rule that was issued, correcting the entry, and withdrawing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.entries.standing import check_reason, hold
from admin.issued_rules.issued_rule import (
    IssuedRule,
    IssuedRulePolicy,
    IssuedRuleVersion,
    RuleAct,
)
from admin.issued_rules.rule_reader import RuleReader
from admin.issued_rules.rule_reasons import WITHDRAWN, of_version, seal_reason
from admin.publishing.people_check import IN_A_NUMBER, refuse_people
from intake.cases.event import record
from portal.foundation import clock
from portal.published.notice import Notice


class NotYourUnit(Exception):
    """Nobody writes in the name of a unit that isn't his."""


class NeedsTitle(Exception):
    """A rule has a title."""


class NotYet(Exception):
    """The day is still to come."""


class NoLink(Exception):
    """What was given as an address is none that people could open."""


class NoSuchNotice(Exception):
    """There is no such notice on this site."""


class SameDocument(Exception):
    """The unit's document of this number stands in another entry, and would count twice."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What was issued on a Shanghai day; `policies` are the codes of those that it changes,
    `link` and `notice` may be empty."""

    act: RuleAct
    title: str
    document_number: str
    issued_on: date
    policies: tuple[str, ...] = ()
    link: str = ""
    notice: str | None = None


def enter(session: Session, *, by: RuleReader, unit: str, issued: Issued) -> IssuedRule:
    """Enter it in the name of the unit that issued it. Every desk reads it.

    Raises:
        NotYourUnit, NeedsTitle, NotYet, NoLink, NoSuchNotice, SameDocument: see there.
        PointsToPerson: the title or the number names somebody.
    """
    if unit not in {one.code for one in by.units}:
        raise NotYourUnit(unit)
    _check(session, issued)
    _refuse_same(session, unit, issued, other_than=None)
    rule = IssuedRule(unit_code=unit, version=1)
    session.add(rule)
    session.flush()
    _write(session, rule, by, issued, reason="")
    record(session, "rule_entered", by=by.access.staff_id, rule=rule.id, unit=unit)
    return rule


def correct(
    session: Session, rule: IssuedRule, *, by: RuleReader, version: int, issued: Issued, reason: str
) -> None:
    """Say it anew, and why; what was said before stays with the unit and the office. The entry must
    be his to write.

    Raises:
        SomebodyWasFaster, AlreadyWithdrawn, NeedsReason, and what `enter` raises.
    """
    hold(rule, version)
    _check(session, issued)
    _check_reason(reason)
    _refuse_same(session, rule.unit_code, issued, other_than=rule.id)
    rule.version += 1
    _write(session, rule, by, issued, reason=reason.strip())
    now, staff_id = rule.version, by.access.staff_id
    record(session, "rule_corrected", by=staff_id, rule=rule.id, version=now)


def withdraw(
    session: Session, rule: IssuedRule, *, by: RuleReader, version: int, reason: str
) -> None:
    """Withdraw an entry: it counts no longer, and only the unit and the office still read it. The
    entry must be his to write.

    Raises:
        SomebodyWasFaster, AlreadyWithdrawn, NeedsReason: see there.
        PointsToPerson: the reason names somebody.
    """
    hold(rule, version)
    _check_reason(reason)
    rule.reason = seal_reason(session, rule, reason.strip(), WITHDRAWN, by.office)
    rule.withdrawn_at, rule.withdrawn_by = clock.now(), by.access.staff_id
    session.flush()
    record(session, "rule_withdrawn", by=by.access.staff_id, rule=rule.id)


def is_link(typed: str) -> bool:
    """Whether people could open an address."""
    parts = urlsplit(typed)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _check(session: Session, issued: Issued) -> None:
    if not issued.title.strip():
        raise NeedsTitle
    if issued.issued_on > clock.today():
        raise NotYet(issued.issued_on)
    if issued.link and not is_link(issued.link):
        raise NoLink(issued.link)
    if issued.notice is not None and session.get(Notice, issued.notice) is None:
        raise NoSuchNotice(issued.notice)
    refuse_people("title", issued.title)
    refuse_people("document_number", issued.document_number, IN_A_NUMBER)


def _check_reason(reason: str) -> None:
    refuse_people("reason", check_reason(reason))


def _refuse_same(session: Session, unit: str, issued: Issued, *, other_than: int | None) -> None:
    number = issued.document_number.strip()
    if not number:
        return
    same = (
        select(IssuedRule.id)
        .join(
            IssuedRuleVersion,
            (IssuedRuleVersion.rule_id == IssuedRule.id)
            & (IssuedRuleVersion.version == IssuedRule.version),
        )
        .where(
            IssuedRule.unit_code == unit,
            IssuedRule.withdrawn_at.is_(None),
            IssuedRuleVersion.document_number == number,
            IssuedRuleVersion.title == issued.title.strip(),
        )
    )
    if any(one != other_than for one in session.scalars(same)):
        raise SameDocument(number)


def _write(session: Session, rule: IssuedRule, by: RuleReader, issued: Issued, reason: str) -> None:
    column = of_version(rule.version)
    session.add(
        IssuedRuleVersion(
            rule_id=rule.id,
            version=rule.version,
            act=issued.act,
            title=issued.title.strip(),
            document_number=issued.document_number.strip(),
            issued_on=issued.issued_on,
            link=issued.link.strip(),
            notice_slug=issued.notice,
            reason=seal_reason(session, rule, reason, column, by.office) if reason else None,
            written_by=by.access.staff_id,
            written_at=clock.now(),
        )
    )
    session.add_all(
        IssuedRulePolicy(rule_id=rule.id, version=rule.version, policy_code=code)
        for code in dict.fromkeys(issued.policies)
    )
    session.flush()

"""The one function that says which cases a person may see; its siblings for mistakes on the site
and for requests about one's own information are `mistake_access` and `request_access`. Every list,
count, search and page asks it; what it leaves out answers exactly as what doesn't exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from intake.cases.assistance import Assistance, AssistanceEnd
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.order import Order
from intake.cases.recorded import Recorded
from intake.cases.referral import WITH_THE_BODY, Referral
from intake.cases.verification import Verification, VerificationEnd
from intake.chain import chain_of
from intake.family import hold_together
from intake.rules.lifecycle import OPEN_STATES, Actor
from intake.vault.holders import SEALED
from portal.campaign.book import Book
from portal.campaign.unit import UnitKind
from portal.foundation.staff import AT_A_DESK, PUBLISHING_ROLES, Role, Staff

# Of an audit body: whoever works there, in whatever way.
HANDS_OVER_CLUES = (Role.AUDITOR, Role.OFFICER, Role.HEAD)
# Whom the ledger, rounds, letters, spot checks and assessments let in.
IN_THE_ROOMS = (Role.OFFICER, Role.HEAD, Role.OFFICE, Role.OFFICE_HEAD)
# Of so many people the conditions are kept: to put one together takes as long as to ask it.
_PEOPLE = 1_000
# Where a checker may work. Elsewhere his post gives him nothing.
CHECKED_FROM = frozenset({UnitKind.STREET, UnitKind.COMMUNITY})


class NoSuchCase(LookupError):
    """There is no such case, or none that this person may see: nobody is told which."""


class IsDestroyed(Exception):
    """What was typed about the case was destroyed: there is nothing left to handle."""


@dataclass(frozen=True)
class Access:
    """What one person may see: the cases of his units and those that they help with, or all as the
    office, less those that bar him. `works_for` are the units for which he reads what lies in the
    rooms besides cases, `stands_in_for` the bodies whose decisions his own body makes where they
    are accused, `audits` the audit bodies for which he hands clues over, `answers` the bodies for
    which he answers mistakes on the site.

    `reads_sealed`: he has unlocked the sealed class for this request.

    `fieldwork` are the units for which he does the ledger's work and what hangs on it: those at
    whose desk he sits, and those that he serves as a checker, who has no case. `outposts` are those
    of them without a desk: what they find is another unit's to put right."""

    staff_id: int
    units: frozenset[str]
    desks: frozenset[str]
    works_for: frozenset[str]
    heads: frozenset[str]
    as_office: bool
    office_code: str
    stands_in_for: frozenset[str]
    audits: frozenset[str]
    answers: frozenset[str]
    fieldwork: frozenset[str]
    outposts: frozenset[str]
    reads_sealed: bool = False

    @classmethod
    def of(cls, staff: Staff, campaign_book: Book, *, unlocked: bool = False) -> Access:
        """The access of a member of staff. An auditor, a checker or a system administrator sees no
        case. `unlocked`: he is a reader of the sealed class and has unlocked it here."""
        chain = chain_of(campaign_book)
        desks = staff.units_as(*AT_A_DESK)
        checks = _checks_for(staff, campaign_book)
        next_after = {chain.discipline: chain.office, chain.superior: chain.discipline}
        return cls(
            staff_id=staff.id,
            units=staff.unit_codes,
            desks=desks,
            works_for=staff.units_as(*IN_THE_ROOMS),
            heads=staff.units_as(Role.HEAD, Role.OFFICE_HEAD, Role.DISCIPLINE),
            as_office=chain.office in staff.units_as(Role.OFFICE, Role.OFFICE_HEAD),
            office_code=chain.office,
            stands_in_for=frozenset(next_after[code] for code in desks & next_after.keys()),
            audits=frozenset(
                code
                for code in staff.units_as(*HANDS_OVER_CLUES)
                if code in campaign_book.units and campaign_book.units[code].kind is UnitKind.AUDIT
            ),
            answers=frozenset({chain.office}) & staff.units_as(*PUBLISHING_ROLES)
            | frozenset({chain.discipline}) & staff.units_as(Role.DISCIPLINE),
            fieldwork=desks | checks,
            outposts=frozenset(code for code in checks if not campaign_book.units[code].desk),
            reads_sealed=unlocked and chain.discipline in staff.units_as(Role.DISCIPLINE),
        )

    @property
    def openers(self) -> frozenset[str]:
        """The units as which this person may open compartments of cases. What the ledger, returns
        and parts of summaries seal, he opens as one of `fieldwork`."""
        return self.desks | ({SEALED} if self.reads_sealed else frozenset())

    @property
    def but_sealed(self) -> Access:
        """The same without sealed cases, for what has none whoever asks."""
        return replace(self, reads_sealed=False)

    @property
    def answers_requests(self) -> frozenset[str]:
        """The bodies for which he answers requests about one's own information: for the office,
        nobody but who has to do with cases there."""
        return self.answers if self.as_office else self.answers - {self.office_code}

    def decides(self, decider: str) -> bool:
        """Whether this person speaks for the body that decides about a case."""
        return self.as_office if decider == self.office_code else decider in self.desks

    def actors(self, case: Case, decider: str) -> frozenset[Actor]:
        """Which hats of the life-cycle table this person wears for a case that he may see and that
        `decider` decides about."""
        hats: set[Actor] = set()
        if case.unit_code in self.desks:
            hats.add(Actor.OFFICER)
        if case.unit_code in self.heads:
            hats.add(Actor.HEAD)
        if self.decides(decider):
            hats.add(Actor.OFFICE)
        return frozenset(hats)


@lru_cache(_PEOPLE)
def visible(access: Access, *, at_own_desk: bool = False) -> ColumnElement[bool]:
    """The condition under which a case exists for this person; `at_own_desk` leaves out what his
    units don't lead, for lists of nothing else.

    Somebody who serves an accused unit as well as another one is barred too: he is the same person.
    """
    if not access.desks:
        return false()
    led = Case.unit_code.in_(access.desks)
    scope = led if at_own_desk else true() if access.as_office else or_(led, *_beyond_desk(access))
    return and_(scope, not_barred(access))


def recorded_by(access: Access) -> ColumnElement[bool]:
    """The condition under which a joined entry of `Recorded` is this person's own to look up
    again: that the case exists and how far it is, nothing else of it."""
    return and_(Recorded.staff_id == access.staff_id, not_barred(access))


def asked_of(access: Access) -> ColumnElement[bool]:
    """The condition under which a joined `Verification` is this person's to read: it was put to one
    of his units, which checks it or has, its case bars neither it nor him, and its words are still
    there. Of the case itself he sees nothing."""
    waits = and_(Verification.end.is_(None), Case.state.in_(OPEN_STATES))
    return and_(
        Verification.unit_code.in_(access.desks),
        or_(waits, Verification.end == VerificationEnd.ANSWERED),
        Case.destroyed_on.is_(None),
        not_barred(access),
    )


def handed_over_by(access: Access) -> ColumnElement[bool]:
    """The condition under which a joined `Order` is a clue of this person's own audit body: what
    became of it, nothing else of the case."""
    return and_(Order.from_unit.in_(access.audits), not_barred(access))


@lru_cache(_PEOPLE)
def not_barred(access: Access) -> ColumnElement[bool]:
    """The condition under which a case accuses neither this person nor a unit that he serves, and
    is no sealed one, unless he has unlocked those."""
    open_to_him = [] if access.reads_sealed else [~Case.sealed]
    return or_(~Case.barred, and_(_accuses_others(access), *open_to_him))


def sealed_for(
    access: Access, campaign_book: Book, *, open_only: bool = True
) -> ColumnElement[bool]:
    """The condition under which a sealed case counts for a person of discipline inspection, who may
    know that it is there and nothing else of it."""
    if campaign_book.campaign.discipline_code not in access.desks:
        return false()
    states = Case.state.in_(OPEN_STATES) if open_only else true()
    return and_(Case.sealed, states, _accuses_others(access))


def leaves_class(access: Access, campaign_book: Book) -> ColumnElement[bool]:
    """The condition under which a case left the sealed class for the body above by its rows alone
    and waits for this person, who has the class open: it accuses his unit, not him."""
    if not access.reads_sealed:
        return false()
    above = Case.unit_code == campaign_book.campaign.superior_code
    names_him = select(Bar.id).where(Bar.case_id == Case.id, Bar.staff_id == access.staff_id)
    return and_(Case.rewrap_due, ~Case.sealed, above, ~names_him.exists())


def _accuses_others(access: Access) -> ColumnElement[bool]:
    bars = select(Bar.id).where(
        Bar.case_id == Case.id,
        or_(Bar.unit_code.in_(access.units), Bar.staff_id == access.staff_id),
    )
    return ~bars.exists()


def _checks_for(staff: Staff, campaign_book: Book) -> frozenset[str]:
    """The streets and communities that a person serves as a checker."""
    return frozenset(
        code
        for code in staff.units_as(Role.CHECKER)
        if code in campaign_book.units and campaign_book.units[code].kind in CHECKED_FROM
    )


def _beyond_desk(access: Access) -> Iterator[ColumnElement[bool]]:
    """The cases of others that a person sees: his unit helps with them, they were referred to it,
    or it decides about them in the stead of a body that they accuse."""
    helped = select(Assistance.id).where(
        Assistance.case_id == Case.id,
        Assistance.unit_code.in_(access.desks),
        or_(Assistance.end.is_(None), Assistance.end == AssistanceEnd.ANSWERED),
    )
    # A list of assistance asks this too, so it is said that only the case comes from outside.
    yield helped.correlate(Case).exists()
    has_it = select(Referral.id).where(
        Referral.case_id == Case.id,
        Referral.unit_code.in_(access.desks),
        Referral.state.in_(WITH_THE_BODY),
        ~Referral.by_hand,
    )
    yield and_(Case.referred, has_it.correlate(Case).exists())
    if access.stands_in_for:
        accused = select(Bar.id).where(
            Bar.case_id == Case.id, Bar.unit_code.in_(access.stands_in_for)
        )
        yield and_(Case.barred, accused.exists())


def may_see(session: Session, access: Access, number: str) -> bool:
    """Whether there is a case of that number for this person."""
    wanted = select(Case.id).where(Case.number == number, visible(access))
    return session.scalar(wanted) is not None


def find_case(session: Session, access: Access, number: str, *, to_change: bool = False) -> Case:
    """The case of that number. `to_change` holds it and all that it is tied to, as the reporter's
    own door does.

    Raises:
        NoSuchCase: it doesn't exist, or not for this person.
        IsDestroyed: it was to be changed, and nothing is left of it but its columns.
    """
    if to_change:
        hold_together(session, session.scalars(select(Case.id).where(Case.number == number)))
    wanted = select(Case).where(Case.number == number, visible(access))
    case = session.scalars(wanted).first()
    if case is None:
        raise NoSuchCase(number)
    if to_change and case.destroyed_on is not None:
        raise IsDestroyed(number)
    return case

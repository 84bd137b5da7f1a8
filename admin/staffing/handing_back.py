"""What somebody who leaves had in hand: taken from him here, and written down for his units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from admin.assessments.drawn_row import DrawnRow
from admin.closing.closing import Closing
from admin.desk.proposal import Proposal
from admin.hand_over.package import Package
from admin.rounds.supervision_round import SupervisionRound
from admin.spot_checks.check_team import CheckTeam, TeamMember
from admin.spot_checks.spot_check import CheckState, SpotCheck
from admin.staffing.leaver import Leaver, LeftMatter, Matter
from intake.assessing.assessment import Assessment, AssessmentState
from intake.cases.case import Case
from intake.cases.event import record
from portal.campaign.book import Book
from portal.foundation import clock


def hand_back(
    session: Session, book: Book, leaver: Leaver, served: frozenset[str], *, by: int
) -> list[LeftMatter]:
    """Let go of his cases and take his proposals back; returns everything that he had, for whom.

    Drafts that he wrote stay, and whoever is the second person by his post is so without him.
    """
    office = book.campaign.office_code
    return [
        *_cases(session, leaver, by=by),
        *_proposals(session, leaver, by=by),
        *_closing(session, leaver, office, by=by),
        *_packages(session, leaver, served),
        *_of_the_office(session, leaver, office),
    ]


def _cases(session: Session, leaver: Leaver, *, by: int) -> Iterator[LeftMatter]:
    """The cases that he took on are nobody's again; those that are over stay as they are."""
    taken = select(Case).where(Case.claimed_by == leaver.staff_id).order_by(Case.id)
    for case in session.scalars(taken.with_for_update()):
        if not case.state.is_open:
            continue
        case.claimed_by = None
        case.version += 1
        record(session, "let_go", case_id=case.id, by=by)
        yield _of_case(leaver, Matter.CASE, case)


def _proposals(session: Session, leaver: Leaver, *, by: int) -> Iterator[LeftMatter]:
    waiting = (
        select(Proposal, Case)
        .join(Case, Case.id == Proposal.case_id)
        .where(Proposal.staff_id == leaver.staff_id, Proposal.decided_at.is_(None))
        .order_by(Proposal.id)
    )
    for proposal, case in session.execute(waiting).all():
        proposal.decided_at, proposal.decided_by, proposal.agreed = clock.now(), by, False
        if not case.state.is_open or proposal.unit_code != case.unit_code:
            continue
        case.version += 1
        record(session, "proposal_lapsed", case_id=case.id, by=by, what=proposal.what)
        yield _of_case(leaver, Matter.PROPOSAL, case)


def _closing(session: Session, leaver: Leaver, office: str, *, by: int) -> Iterator[LeftMatter]:
    """That he asked for the campaign's end is taken back, if nobody closed it yet."""
    asked = select(Closing).where(
        Closing.prepared_by == leaver.staff_id,
        Closing.closed_at.is_(None),
        Closing.taken_back_at.is_(None),
    )
    for one in session.scalars(asked):
        one.taken_back_by, one.taken_back_at = by, clock.now()
        record(session, "closing_taken_back", by=by)
        yield _matter(leaver, Matter.PROPOSAL, office, "closing")


def _packages(session: Session, leaver: Leaver, served: frozenset[str]) -> Iterator[LeftMatter]:
    """Packages of which he carries a half, for each unit that he served: who of it may see the case
    learns of it."""
    carried = (
        select(Package)
        .where(Package.delivered_on.is_(None), _carries(leaver.staff_id))
        .order_by(Package.id)
    )
    for package in session.scalars(carried):
        for code in sorted(served):
            yield LeftMatter(
                leaver_id=leaver.id,
                unit_code=code,
                what=Matter.PACKAGE,
                ref=package.number,
                case_id=package.case_id,
            )


def _carries(staff_id: int) -> ColumnElement[bool]:
    return or_(Package.made_by == staff_id, Package.opened_by == staff_id)


def _of_the_office(session: Session, leaver: Leaver, office: str) -> Iterator[LeftMatter]:
    """Rounds, spot checks and interviews, which the office gives out."""
    person = leaver.staff_id
    rounds = select(SupervisionRound.key).where(
        SupervisionRound.planned_by == person, SupervisionRound.closed_on.is_(None)
    )
    checks = (
        select(SpotCheck.number)
        .join(CheckTeam, CheckTeam.check_id == SpotCheck.id)
        .join(TeamMember, TeamMember.team_id == CheckTeam.id)
        .where(TeamMember.staff_id == person, SpotCheck.state == CheckState.DRAWN)
    )
    rows = (
        select(Assessment.key)
        .join(DrawnRow, DrawnRow.assessment_id == Assessment.id)
        .where(DrawnRow.staff_id == person, Assessment.state == AssessmentState.DRAWN)
    )
    found: Sequence[tuple[Matter, object]] = (
        (Matter.ROUND, rounds),
        (Matter.SPOT_CHECK, checks),
        (Matter.ASSESSMENT, rows),
    )
    for what, wanted in found:
        for ref in sorted(set(session.scalars(wanted))):  # type: ignore[call-overload]
            yield _matter(leaver, what, office, ref)


def _of_case(leaver: Leaver, what: Matter, case: Case) -> LeftMatter:
    return LeftMatter(
        leaver_id=leaver.id,
        unit_code=case.unit_code,
        what=what,
        ref=case.number,
        case_id=case.id,
    )


def _matter(leaver: Leaver, what: Matter, unit: str, ref: str) -> LeftMatter:
    return LeftMatter(leaver_id=leaver.id, unit_code=unit, what=what, ref=ref)

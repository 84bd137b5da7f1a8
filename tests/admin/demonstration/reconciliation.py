"""What has to be true of the numbers on every evening of a half-year, counted by plain SQL."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.annexes.totals import sums_of
from admin.annexes.wanted import Wanted
from admin.demonstration.half_year.cast import Cast
from admin.desk.queue import read_counts
from admin.desk.queue_view import Tab, View
from admin.ledger.counting import totals_now, totals_on
from admin.ledger.problem import Problem, Source
from admin.returns.monthly_return import MonthlyReturn
from admin.summaries.counted import count
from admin.summaries.planned import planned_in
from portal.campaign.book import Book, book
from portal.foundation.database import Database
from portal.foundation.staff import Staff
from portal.published.result import ResultRevision, ResultState
from portal.published.result_totals import Fate, Release, day_totals

_STATES = text("SELECT state, count(*) FROM problem GROUP BY state")
_BY_UNIT = text("SELECT unit_code, state, count(*) FROM problem GROUP BY unit_code, state")
_BY_TYPE = text("SELECT problem_code, state, count(*) FROM problem GROUP BY problem_code, state")
_BY_SOURCE = text("SELECT source, state, count(*) FROM problem GROUP BY source, state")
_LAST_MOVES = text("""
    SELECT count(*) FROM problem p JOIN problem_move m ON m.problem_id = p.id
    WHERE m.id = (SELECT max(n.id) FROM problem_move n WHERE n.problem_id = p.id)
        AND m.state = p.state
""")
_OWN = text("""
    SELECT p.number FROM problem p JOIN problem_move m ON m.problem_id = p.id
    WHERE p.source = 'own_check'
        AND p.found_by IN (
            SELECT code FROM unit WHERE code = :unit OR (parent_code = :unit AND NOT desk))
        AND (:line = '' OR p.line_code = :line)
        AND m.id = (SELECT min(n.id) FROM problem_move n WHERE n.problem_id = p.id)
        AND m.moved_on BETWEEN :first AND :until
    ORDER BY p.id
""")
_SOURCED = text("""
    SELECT (SELECT count(*) FROM problem WHERE source = 'spot_check'),
        (SELECT count(*) FROM spot_check_finding),
        (SELECT count(*) FROM problem WHERE source = 'supervision_round'),
        (SELECT count(*) FROM round_problem)
""")
_SUPERVISED = text("""
    SELECT (SELECT count(*) FROM "case" WHERE supervised),
        (SELECT count(*) FROM supervision WHERE closed_at IS NULL),
        (SELECT count(*) FROM supervision s JOIN "case" c ON c.id = s.case_id
            WHERE s.closed_at IS NULL AND c.supervised)
""")
_STANDING = text("SELECT state, count(*) FROM result WHERE withdrawn_on IS NULL GROUP BY state")
_FOUND = text("""
    SELECT p.number FROM problem p JOIN problem_move m ON m.problem_id = p.id
    WHERE m.id = (SELECT min(n.id) FROM problem_move n WHERE n.problem_id = p.id)
        AND m.moved_on BETWEEN :first AND :last
""")
_OPEN_CASES = text("""
    SELECT c.unit_code, count(*) FROM "case" c
    WHERE c.state NOT IN ('closed', 'declined', 'withdrawn', 'merged')
        AND NOT EXISTS (SELECT 1 FROM bar b WHERE b.case_id = c.id AND b.unit_code = c.unit_code)
    GROUP BY c.unit_code
""")
_RELEASED = text("""
    SELECT count(*) FROM result r JOIN problem p ON p.number = r.number
    WHERE NOT EXISTS (
        SELECT 1 FROM problem_move m WHERE m.problem_id = p.id AND m.state = r.state)
""")

_SUNDAY = 6
_IS_SIGNED = MonthlyReturn.digest.is_not(None)
_RELEASES = select(
    ResultRevision.result_number,
    ResultRevision.released_at,
    ResultRevision.state,
    ResultRevision.withdrawn_on,
).order_by(ResultRevision.result_number, ResultRevision.revision)


@dataclass
class Reconciliation:
    """Keeps what each evening counted, so that no later day changes an earlier one."""

    database: Database
    cast: Cast
    kept: dict[date, dict[ResultState, int]] = field(default_factory=dict)
    signed: set[int] = field(default_factory=set)
    parts: dict[str, dict[str, dict[ResultState, int]]] = field(default_factory=dict)

    def check(self, day: date) -> None:
        """Everything, on the evening of a Shanghai day."""
        with self.database.reading() as session:
            here = book(session)
            self._ledger(session, here, day)
            self._queues(session, here, day)
            self._returns(session, here)
            self._public(session)
            self._sums(session, here, day)
            found = session.execute(_SOURCED).one()
            assert (found[0], found[2]) == (found[1], found[3])
            assert session.scalar(_RELEASED) == 0
            assert len(set(session.execute(_SUPERVISED).one())) == 1

    def look_back(self) -> None:
        """Every evening's count is still what that day's was."""
        with self.database.reading() as session:
            for day, states in self.kept.items():
                assert dict(totals_on(session, day).by_state) == states, day

    def _ledger(self, session: Session, here: Book, day: date) -> None:
        plain = {ResultState(row[0]): row[1] for row in session.execute(_STATES)}
        whole = totals_now(session)
        assert dict(whole.by_state) == plain
        assert dict(totals_on(session, day).by_state) == plain
        assert session.scalar(_LAST_MOVES) == sum(plain.values())
        self.kept[day] = plain
        aside = (ResultState.STRUCK_OFF, ResultState.CARRIED_OVER, ResultState.UNFOUNDED)
        assert whole.found == whole.in_hand + sum(whole.of(state) for state in aside)
        units, types = set(self.cast.desks), set(here.problem_types)
        self._narrowed(session, _BY_UNIT, Problem.unit_code, units)
        self._narrowed(session, _BY_TYPE, Problem.problem_code, types)
        self._narrowed(session, _BY_SOURCE, Problem.source, set(Source))

    def _narrowed(
        self, session: Session, plain: TextClause, by: InstrumentedAttribute[Any], known: set[str]
    ) -> None:
        """Each part is what plain SQL finds, so that all parts together are the whole; one in which
        nothing changed was counted on an earlier evening."""
        parts: dict[str, dict[ResultState, int]] = {}
        for key, state, many in session.execute(plain):
            parts.setdefault(key, {})[ResultState(state)] = many
        assert parts.keys() <= known
        before = self.parts.get(str(by), {})
        for key, states in parts.items():
            if states != before.get(key):
                assert dict(totals_now(session, by == key).by_state) == states, (by, key)
        self.parts[str(by)] = parts

    def _public(self, session: Session) -> None:
        """What the public reads as totals is what stands there, by what became of it."""
        standing = {ResultState(row[0]): row[1] for row in session.execute(_STANDING)}
        days = day_totals(Release(*row) for row in session.execute(_RELEASES))
        told = dict(days[-1].sums) if days else {}
        for fate in Fate:
            assert told.get(fate, 0) == sum(standing.get(state, 0) for state in fate.states)

    def _sums(self, session: Session, here: Book, day: date) -> None:
        """Annexes, summaries and the ledger's page begin with the same totals."""
        office = self.cast.desks[here.campaign.office_code].officer
        access = Access.of(session.get_one(Staff, office.id), here)
        wanted = Wanted(first=here.campaign.starts_on, last=day)
        assert dict(sums_of(session, access, wanted).totals.by_state) == self.kept[day]
        for planned in planned_in(here):
            days = planned.days
            # To count all of a summary takes long.
            if days.first <= day and day.weekday() == _SUNDAY:
                asked = {"first": days.first, "last": min(days.last, day)}
                counted = count(session, Hand(access, here, 0), planned)
                found = [row.key for row in counted.numbers["found"].rows]
                assert sorted(found) == sorted(session.scalars(_FOUND, asked)), planned.key

    def _queues(self, session: Session, here: Book, day: date) -> None:
        """What a desk's queue counts is what lies there, less what accuses it: on Sundays of each,
        else of every seventh."""
        lies = {row[0]: row[1] for row in session.execute(_OPEN_CASES)}
        for at, (code, desk) in enumerate(self.cast.desks.items()):
            if day.weekday() not in {_SUNDAY, at % 7}:
                continue
            staff = session.get_one(Staff, desk.officer.id)
            counts = read_counts(session, Access.of(staff, here), View(tab=Tab.OPEN), here)
            assert counts[Tab.OPEN] == lies.get(code, 0), code

    def _returns(self, session: Session, here: Book) -> None:
        """What was signed since says what the ledger said then, under its own digest."""
        signed = set(session.scalars(select(MonthlyReturn.id).where(_IS_SIGNED)))
        fresh = select(MonthlyReturn).where(MonthlyReturn.id.in_(signed - self.signed))
        self.signed = signed
        for one in session.scalars(fresh):
            assert hashlib.sha256(one.content.encode()).hexdigest() == one.digest
            to_office = one.receiver_code == here.campaign.office_code
            asked = {
                "unit": one.unit_code,
                "line": "" if to_office else one.receiver_code,
                "first": date.fromisoformat(one.said.first),
                "until": date.fromisoformat(one.said.counted_on),
            }
            assert list(session.scalars(_OWN, asked)) == list(one.said.own.found), one.key
            assert one.said.nil == (not one.said.total.found)

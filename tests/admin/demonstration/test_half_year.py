"""A half-year of each campaign, played day by day: every evening its numbers reconcile, at its end
the annexes are counted once more and an outsider repeats the draw."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from admin.accounts.access import Access
from admin.assessments.results import assessment_results
from admin.demonstration.half_year.pace import WHOLE, Pace
from admin.demonstration.half_year.playing import days_to_play, play, set_stage
from admin.demonstration.half_year.stage import Stage
from admin.demonstration.sample_people import password_hash
from admin.ledger.ledger_evidence import LedgerEvidence
from admin.office.duty_status import duty_lines
from admin.returns.matrix import read_matrix
from admin.returns.standing import Way
from admin.rounds.round_evidence import RoundEvidence
from admin.spot_checks.check_evidence import CheckEvidence
from admin.system import worker
from admin.system.event_audit import verify
from intake.assessing.assessment import Assessment
from intake.attachments.store import FileStore
from intake.cases.case import Case
from portal.campaign.book import book
from portal.campaign.calendar_date import Task
from portal.foundation import clock
from portal.foundation.staff import Role, Staff
from portal.published.result import ResultState
from portal.published.spot_check_record import SpotCheckRecord
from tests.admin.annexes.recount import hold_against_recount
from tests.admin.annexes.sheets import sheet
from tests.admin.demonstration.reconciliation import Reconciliation
from tests.admin.house import House
from tests.deployments import CAMPAIGNS, Deployment
from tests.running import ROOT
from tests.templates import Templates

# Together they are thousands of cases and problems; each campaign is on another database.
_PLAYED = {
    "jianghan-2022": ("sqlite", WHOLE, "MZ", 2022),
    "caidian-cdpf-2022": (
        "postgresql",
        Pace(cases=2.5, own_checks=3.0, from_cases=0.35, visited=6),
        "KF",
        7,
    ),
}


@dataclass(frozen=True)
class Played:
    """A half-year that was played to its end, with what every evening counted."""

    deployment: Deployment
    stage: Stage
    reconciled: Reconciliation
    first: date
    last: date
    unit: str


@pytest.fixture(params=list(_PLAYED))
def played(request: pytest.FixtureRequest, templates: Templates) -> Iterator[Played]:
    """Play it, and reconcile every evening."""
    kind, pace, unit, seed = _PLAYED[request.param]
    with templates.lend(CAMPAIGNS / request.param, kind) as deployment:
        database = deployment.database
        with database.reading() as session:
            first, last = days_to_play(book(session))
        with clock.stopped_at(_at(first)):
            hashed = password_hash()
            stage = set_stage(
                database, deployment.settings, password_hash=hashed, pace=pace, seed=seed
            )
        reconciled = Reconciliation(database, stage.cast)
        evening = partial(worker.do_everything, settings=deployment.settings)
        for day in play(stage, first, last, in_the_evening=evening):
            reconciled.check(day)
        with clock.stopped_at(_at(last, 17)):
            yield Played(deployment, stage, reconciled, first, last, unit)


def test_a_half_year_reconciles_to_its_end(played: Played, tmp_path: Path) -> None:
    played.reconciled.look_back()
    _everything_happened(played)
    _so_did_what_is_small(played)
    _the_plan_was_kept(played)
    _effects_were_asked_for(played)
    _returns_came_and_did_not(played)
    _annexes_are_what_a_recount_finds(played)
    _anybody_repeats_the_draw(played, tmp_path)
    _pages_say_the_same(played)


def _everything_happened(played: Played) -> None:
    """All states, all sources, and a chain of events that nobody broke."""
    with played.deployment.database.reading() as session:
        states = played.reconciled.kept[played.last]
        assert states.keys() == set(ResultState)
        assert sum(states.values()) > 300
        assert (session.scalar(select(func.count()).select_from(Case)) or 0) > 250
        by_source = session.execute(text("SELECT source, count(*) FROM problem GROUP BY source"))
        assert len(by_source.all()) == 7
        assert verify(session) > 3_000


_SMALL = {
    "suggestions taken up": "SELECT count(*) FROM supervision_suggestion WHERE ended_how = 'taken'",
    "dismissed": "SELECT count(*) FROM supervision_suggestion WHERE ended_how = 'dismissed'",
    "supervisions closed": "SELECT count(*) FROM supervision WHERE closed_at IS NOT NULL",
    "slips sent in": "SELECT count(*) FROM assessment_slip WHERE used_by IS NOT NULL",
    "problems that a community found": """
        SELECT count(*) FROM problem p JOIN unit u ON u.code = p.found_by
        WHERE u.kind = 'community'
    """,
    "returns that a checker filled in": """
        SELECT count(*) FROM monthly_return r JOIN staff_post p ON p.staff_id = r.confirmed_by
        WHERE p.role = 'checker'
    """,
}
_FILES = (LedgerEvidence, RoundEvidence, CheckEvidence)


def _so_did_what_is_small(played: Played) -> None:
    """Of what happens seldom some did; no file is gone."""
    store = FileStore(played.deployment.settings.files_dir)
    with played.deployment.database.reading() as session:
        counted = {name: session.scalar(text(asked)) for name, asked in _SMALL.items()}
        assert all(counted.values()), counted
        kept = {one: list(session.scalars(select(one.stored))) for one in _FILES}
    assert all(kept.values())
    assert all(store.hold(name) for names in kept.values() for name in names)


def _the_plan_was_kept(played: Played) -> None:
    """Every duty of the calendar whose day has come is done, by what its own room says."""
    with played.deployment.database.reading() as session:
        here = book(session)
        lines = [one for one in duty_lines(session, here, played.first, played.last) if one.status]
    left = [one.due.duty.key for one in lines if one.status and not one.status.done]
    # A return that never came leaves its month open.
    assert set(left) <= {"monthly_return"}
    tasks = [one.due.duty.task for one in lines]
    assert tasks.count(Task.SUMMARY) == 2
    assert tasks.count(Task.SUPERVISION_ROUND) == 2
    assert tasks.count(Task.SPOT_CHECK) == 1


def _effects_were_asked_for(played: Played) -> None:
    """The assessment of effect is over and has answers to each question."""
    with played.deployment.database.reading() as session:
        [one] = session.scalars(select(Assessment))
        results = assessment_results(session, one, book(session))
    assert one.closed_on is not None
    assert results.questions
    assert all(question.shares for question in results.questions)


def _returns_came_and_did_not(played: Played) -> None:
    """Nil, late, missing, contradicted: each is told from the others."""
    office = played.stage.cast.desks["BGS"].officer
    with played.deployment.database.reading() as session:
        here = book(session)
        access = Access.of(session.get_one(Staff, office.id), here)
        matrix = read_matrix(session, access, here, played.last)
        lines = [line for _, cells in matrix.rows for cell in cells for line in cell.lines]
    assert any(line.nil for line in lines)
    assert any(line.contradicted for line in lines)
    assert all(line.nil for line in lines if line.contradicted)
    assert any(line.standing.days_late for line in lines)
    assert any(line.standing.way is Way.NOTHING for line in lines)
    assert any(line.accepted and not line.nil for line in lines)


def _annexes_are_what_a_recount_finds(played: Played) -> None:
    house = _house(played)
    halves = (played.first, played.last), (date(2022, 7, 1), date(2022, 8, 31))
    for first, last in halves:
        for unit in ("", played.unit):
            asked = f"first={first}&last={last}" + (f"&unit={unit}" if unit else "")
            rows = sheet(house, "chen", "statistics", asked).rows
            with played.deployment.database.reading() as session:
                hold_against_recount(session, rows, first, last, unit)
            problems = sheet(house, "chen", "problems", asked).rows
            assert len(problems) == rows[-1]["发现问题数"]


def _anybody_repeats_the_draw(played: Played, folder: Path) -> None:
    with played.deployment.database.reading() as session:
        [number] = session.scalars(select(SpotCheckRecord.number))
    raw = played.deployment.citizen().get(f"/spot-checks/{number}/record.json").data
    file = folder / "record.json"
    file.write_bytes(raw)
    script = ROOT / "docs" / "repeat-the-draw.py"
    done = subprocess.run(
        [sys.executable, "-I", str(script), str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(raw)["drawn"]


def _pages_say_the_same(played: Played) -> None:
    house = _house(played)
    states = played.reconciled.kept[played.last]
    found = f"共发现{sum(states.values())}个 ＝ 已销号{states[ResultState.STRUCK_OFF]}个"
    assert found in house.get("chen", "/staff/problems")
    for path in (
        "/staff/office",
        "/staff/returns/came",
        "/staff/office/plan",
        "/staff/office/brief",
    ):
        house.get("chen", path)
    for path in ("/", "/results", "/figures", "/spot-checks"):
        assert played.deployment.citizen().get(path).status_code == 200


def _house(played: Played) -> House:
    """Somebody of the office, signed in."""
    played.deployment.add_staff("chen", ("BGS", Role.OFFICE))
    return House(played.deployment)


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), clock.SHANGHAI)

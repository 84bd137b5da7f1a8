"""The export: annex 2 of many problems, and of a tenth of them, and annex 1: how long each takes,
and that it needs no more memory for many.

`python -m bench --only export`; by itself `python -m bench.annexes --problems 100000`. Sealing so
many takes longer than reading them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.annexes.columns import Annex
from admin.annexes.making import make_annex
from admin.annexes.rows import Reading
from admin.annexes.wanted import Wanted
from admin.ledger.ledger_text import LedgerText
from admin.ledger.ledger_text import LedgerTextKind as Kind
from admin.ledger.measure import Measure
from admin.ledger.problem import Problem, Source
from admin.ledger.problem_move import ProblemMove
from bench import report
from intake.vault.compartment import sealed_compartments, store_compartments
from intake.vault.vault import Vault
from portal.campaign.book import book
from portal.foundation.database import Database
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff
from portal.published.result import ResultState
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

_EARLY, _LATE = date(2022, 4, 1), date(2022, 5, 1)
_SENTENCE = "经查，有八名高龄老人的津贴从去年八月起漏发，原因是换卡以后没有更新账号，已经逐户核对。"
_TEXTS = (Kind.WHAT_IS_WRONG, Kind.LEADER, Kind.PERSON, Kind.HEADS_WORD)
_OF_MEASURE = (Kind.MEASURE, Kind.EVIDENCE)
_BOTH = (Annex.PROBLEMS, Annex.STATISTICS)
_AT_A_TIME = 1_000
# Flat is what grows by less than the few rows that are held at once.
_MOST_MORE_MEGABYTES = 10
_KILOBYTE, _MEGABYTE = 1 << 10, 1 << 20


def main(words: Sequence[str] | None = None) -> int:
    """Fill a ledger, then make annex 2 of a tenth of it and of all, each in a process of its
    own."""
    asked = argparse.ArgumentParser(prog="python -m bench.annexes", description=__doc__)
    asked.add_argument("--problems", type=int, default=100_000)
    problems: int = asked.parse_args(words).problems
    with tempfile.TemporaryDirectory(prefix="huimin-bench-") as name:
        export(Templates(Path(name) / "templates"), Path(name), problems)
    return 0


def export(templates: Templates, folder: Path, problems: int) -> None:
    """Fill a ledger, make its annexes, and say what they took and whether memory stays flat."""
    with templates.copy(CAMPAIGNS / "jianghan-2022", "sqlite", folder / "ledger") as deployment:
        _fill(deployment, problems)
        few = _in_a_process(deployment.settings, Annex.PROBLEMS, _EARLY)
        many, _ = (_in_a_process(deployment.settings, one, _LATE) for one in _BOTH)
    what = f"annex 2 of {problems:,} problems, memory beyond that of a tenth of them, MB"
    print(report.limit_line(what, many - few, _MOST_MORE_MEGABYTES), flush=True)


def _in_a_process(settings: Settings, annex: Annex, last: date) -> float:
    """Make one annex in a process of its own; returns the most memory it had, in megabytes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child:
        return child.submit(_measure, settings, annex, last).result()


def _measure(settings: Settings, annex: Annex, last: date) -> float:
    database = Database(settings, vault=Vault.open(settings))
    with database.reading() as session:
        here = book(session)
        person = session.scalars(select(Staff).where(Staff.name == "office")).one()
        by = Hand(Access.of(person, here), here, 0)
        wanted = Wanted(first=_EARLY, last=last)
        asked = Reading(by, wanted, "https://example.org/results/{}".format)
        before, began = _most_memory(), time.process_time()
        with make_annex(session, annex, asked, settings.data_dir) as file:
            size = file.seek(0, 2)
        seconds = time.process_time() - began
    most = _most_memory()
    print(
        f"{annex} to {last}: {seconds:.1f} s of CPU, {size / _MEGABYTE:.1f} MB,"
        f" memory {before:.0f} MB before, {most:.0f} MB at most",
        flush=True,
    )
    return most


def _most_memory() -> float:
    """The most that this process had at once, in megabytes. The kernel's other count of it begins
    with what the process had that started this one."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    most = next(line for line in lines if line.startswith("VmHWM:"))
    return int(most.split()[1]) / _KILOBYTE


def _fill(deployment: Deployment, problems: int) -> None:
    with deployment.database.reading() as session:
        office = book(session).campaign.office_code
    staff = deployment.add_staff("office", (office, Role.OFFICE))
    for begin in range(0, problems, _AT_A_TIME):
        with deployment.database.writing() as session:
            some = range(begin, min(begin + _AT_A_TIME, problems))
            _store(session, staff, [_problem(session, n, staff, problems) for n in some])


def _problem(session: Session, number: int, staff: int, problems: int) -> dict[str, Any]:
    """A problem; a tenth of them was found on the early day."""
    here = book(session)
    units = [one.code for one in here.units.values() if one.desk]
    on = _EARLY if number < problems // 10 else _LATE
    unit, types = units[number % len(units)], list(here.problem_types)
    return {
        "id": number + 1,
        "number": f"JHW{number:06d}",
        "source": Source.AUDIT,
        "state": ResultState.RECTIFIED,
        "unit_code": unit,
        "found_by": here.campaign.office_code,
        "problem_code": types[number % len(types)],
        "policy_code": list(here.policies)[number % len(here.policies)],
        "amount": Decimal(number) / 100,
        "persons": number % 40,
        "rectify_by": on + timedelta(days=60),
        "opened_at": _moment(on),
        "opened_by": staff,
        "version": 1,
    }


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def _store(session: Session, staff: int, rows: list[dict[str, Any]]) -> None:
    """Store problems, each with the moves, a measure and six sealed sentences."""
    days = {row["id"]: row["opened_at"].date() for row in rows}
    session.execute(insert(Problem), rows)
    measures = [
        {"id": one, "problem_id": one, "recorded_by": staff, "done_on": days[one]} for one in days
    ]
    session.execute(insert(Measure), measures)
    moves = [
        {"problem_id": one, "state": state, "moved_on": day, "staff_id": staff}
        for one, day in days.items()
        for state in (ResultState.FOUND, ResultState.RECTIFYING, ResultState.RECTIFIED)
    ]
    session.execute(insert(ProblemMove), moves)
    session.execute(
        insert(LedgerText), [one for row in rows for one in _texts(session, row, staff)]
    )


def _texts(session: Session, row: dict[str, Any], staff: int) -> Iterator[dict[str, Any]]:
    holders = {"ledger": frozenset({row["found_by"], row["unit_code"]})}
    box = sealed_compartments(session, label=f"problem:{row['number']}", holders=holders)["ledger"]
    store_compartments(session.connection(), [box])
    for kind in (*_TEXTS, *_OF_MEASURE):
        yield {
            "problem_id": row["id"],
            "measure_id": row["id"] if kind in _OF_MEASURE else None,
            "kind": kind,
            "sealed": box.seal(_SENTENCE, kind),
            "staff_id": staff,
            "written_at": row["opened_at"],
        }


if __name__ == "__main__":
    sys.exit(main())

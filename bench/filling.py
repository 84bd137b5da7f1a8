"""A database as large as a big city's after years: a few thousand cases, then copies of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import String, cast, column, func, insert, literal, select, text, values
from sqlalchemy.orm import Session

from intake.cases.bar import Bar, BarSource
from intake.cases.case import NO_DUE_DATE, Case, Channel, Identity
from intake.draft import Draft
from intake.register import register
from intake.rules.lifecycle import State
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import Database

BASE = 10_000

# Most cases are over; of the others most are being handled.
_STATES = {
    State.REGISTERED: 10,
    State.ASSIGNED: 40,
    State.RETURNED: 5,
    State.SIGNED_FOR: 25,
    State.ACCEPTED: 80,
    State.DRAFTED: 15,
    State.REPLIED: 25,
    State.CLOSED: 780,
    State.WITHDRAWN: 20,
}
_KINDS = {
    Kind.CONSULTATION: 45,
    Kind.COMPLAINT: 30,
    Kind.TIP_OFF: 18,
    Kind.PETITION: 5,
    Kind.DISCLOSURE_REQUEST: 2,
}
_IDENTITIES = {Identity.ANONYMOUS: 40, Identity.PHONE: 45, Identity.REAL_NAME: 15}
# The department with most policies has most cases; the office keeps what it has to assign.
_BUSIEST = 6
_SPREAD = 7_919  # A prime, so that numbers look drawn and none comes twice.
_NUMBERED = 10_000
_SEALED = 5
_OWN = {"id", "number"}
_CACHE_KILOBYTES = 500_000


def fill(database: Database, cases: int, *, base: int = BASE) -> None:
    """Fill an empty database with that many cases, in one transaction: `base` and copies of them.

    The queue reads cases and bars; only a few cases have words.

    Raises:
        ValueError: the copies don't come out even.
    """
    base = min(cases, base)
    copies = cases // base
    if base * copies != cases or base > _NUMBERED or copies > _NUMBERED:
        raise ValueError(f"more than {base} cases come in steps of {base}")
    with database.writing() as session:
        found = book(session)
        session.execute(insert(Case), list(_rows(found, base)))
        if copies > 1:
            with _without_indexes(session):
                _copy(session, copies)
        _bar_some(session, found)
        for number in range(_SEALED):
            register(session, _draft(number))
    if database.engine.dialect.name == "postgresql":
        # Its own housekeeping would do this a minute later.
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("VACUUM ANALYZE"))


def busiest_unit(found: Book) -> str:
    """The department that has most cases."""
    return _departments(found)[0]


def _departments(found: Book) -> list[str]:
    codes = [policy.unit_code for policy in found.policies.values()]
    return sorted(dict.fromkeys(codes), key=lambda code: -codes.count(code))


def _rows(found: Book, count: int) -> Iterator[dict[str, Any]]:
    # The same cases in every run, so that runs can be compared.
    dice = Random(2022)  # noqa: S311  # Sample data, no secrets.
    departments = _departments(found)
    weights = [_BUSIEST, *(1 for _ in departments[1:])]
    policies = [list(_policies_of(found, code)) for code in departments]
    problems, places = list(found.problem_types), list(found.places)
    for number in range(count):
        state, kind = _drawn(dice, _STATES), _drawn(dice, _KINDS)
        which = dice.choices(range(len(departments)), weights)[0]
        registered_at = clock.now() - timedelta(minutes=dice.randrange(60 * 24 * 700))
        registered_on = clock.day_of(registered_at)
        due_on = clock.today() + timedelta(days=dice.randrange(-10, 60))
        in_triage = state in {State.REGISTERED, State.RETURNED}
        yield {
            # Four digits for the copy, four for the case.
            "number": f"{found.campaign.case_prefix}0000{number * _SPREAD % _NUMBERED:04d}",
            "kind": kind,
            "channel": dice.choice([Channel.WEB, Channel.WEB, Channel.TEXT]),
            "state": state,
            "unit_code": found.campaign.office_code if in_triage else departments[which],
            "policy_code": dice.choice(policies[which]),
            "problem_code": dice.choice(problems),
            "place_code": dice.choice(places),
            "fund_year": dice.choice([None, 2019, 2020, 2021, 2022]),
            "identity": _drawn(dice, _IDENTITIES),
            "accusing": kind is Kind.TIP_OFF,
            "urgent": dice.random() < 0.02,
            "registered_at": registered_at,
            "registered_on": registered_on,
            "last_act_at": registered_at,
            "last_word_at": registered_at,
            "due_on": due_on if state.is_open else NO_DUE_DATE,
            "due_clock": "reply" if state.is_open else "",
            "answer_by": registered_on + timedelta(days=60),
        }


def _policies_of(found: Book, unit: str) -> Iterator[str]:
    return (code for code, policy in found.policies.items() if policy.unit_code == unit)


def _drawn(dice: Random, weights: dict[Any, int]) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]


def _copy(session: Session, copies: int) -> None:
    """Add every case again and again under other numbers; the database does it by itself."""
    names: Sequence[str] = [c.name for c in Case.__table__.columns if c.name not in _OWN]
    digits = [(f"{number * _SPREAD % _NUMBERED:04d}",) for number in range(1, copies)]
    nth = values(column("digits", String), name="nth").data(digits).cte()
    prefix, last = func.substr(Case.number, 1, 2), func.substr(Case.number, 7, 4)
    copied = select(
        prefix.concat(cast(nth.c.digits, String)).concat(last),
        *(getattr(Case, name) for name in names),
    ).join_from(Case, nth, literal(1) == literal(1))
    session.execute(insert(Case).from_select(["number", *names], copied))


@contextmanager
def _without_indexes(session: Session) -> Iterator[None]:
    """Build the indexes once at the end, which takes a third of keeping them row by row."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        # Case numbers look drawn, so their own index wants to lie in memory as a whole.
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
    indexes = [one for one in Case.__table__.indexes if not one.unique]  # type: ignore[attr-defined]
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _bar_some(session: Session, found: Book) -> None:
    """Bar a street from one in fifty accusations, as if it had been accused."""
    street = next(place.unit_code for place in found.places.values())
    barred = select(
        Case.id,
        literal(street),
        literal(BarSource.REPORTER.value),
        literal(True),
        Case.registered_at,
    ).where(Case.accusing, Case.id % 50 == 0)
    into = ["case_id", "unit_code", "source", "named", "set_at"]
    session.execute(insert(Bar).from_select(into, barred))


def _draft(number: int) -> Draft:
    return Draft(
        channel=Channel.WEB,
        kind=Kind.TIP_OFF,
        words=f"样例：有人说发钱的时候要先交一笔手续费，这是第{number + 1}次。",
        submission=f"bench-{number}",
    )

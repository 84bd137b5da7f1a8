"""The chain of events: whole after many writers, and broken by every kind of tampering."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from admin.system.event_audit import BrokenChain, sign_head, verify
from intake.cases.event import Event, EventHead, record
from portal.foundation.settings import Settings
from tests.deployments import Deployment
from tests.patience import PATIENCE

WRITERS, ROUNDS = 8, 12


def note(deployment: Deployment, times: int) -> None:
    for _ in range(times):
        with deployment.database.writing() as session:
            record(session, "signed_in", way="code")


def write_many(settings: Settings, start: Any) -> None:
    """One writer, in a process of its own."""
    deployment = Deployment(settings)
    start.wait()
    note(deployment, ROUNDS)
    deployment.close()


def test_eight_writers_in_their_own_processes_make_one_chain(on_each_database: Deployment) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    writers = [
        context.Process(target=write_many, args=(on_each_database.settings, start))
        for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    start.set()
    for writer in writers:
        writer.join(PATIENCE)
        assert writer.exitcode == 0
    with on_each_database.database.reading() as session:
        # The first event is the loading of the campaign.
        assert verify(session) == 1 + WRITERS * ROUNDS


@pytest.fixture
def signed(on_each_database: Deployment) -> Deployment:
    """Six events, the last of them under a signed head."""
    note(on_each_database, 5)
    with on_each_database.database.writing() as session:
        assert sign_head(session)
    return on_each_database


def verdict(deployment: Deployment) -> str:
    with deployment.database.reading() as session:
        try:
            return f"ok {verify(session)}"
        except BrokenChain as broken:
            return str(broken)


def test_an_untouched_chain_is_whole(signed: Deployment) -> None:
    assert verdict(signed) == "ok 6"
    assert signed.run("verify-audit").exit_code == 0


def test_an_edited_event_is_found(signed: Deployment) -> None:
    with signed.database.writing() as session:
        session.execute(update(Event).where(Event.seq == 3).values(name="enrolled"))
    assert verdict(signed) == "Event 3 was changed."
    result = signed.run("verify-audit")
    assert (result.exit_code, "Event 3" in result.output) == (2, True)


def test_a_removed_event_is_found(signed: Deployment) -> None:
    with signed.database.writing() as session:
        session.execute(delete(Event).where(Event.seq == 3))
    assert verdict(signed) == "Event 3 is missing."


def test_swapped_events_are_found(signed: Deployment) -> None:
    with signed.database.writing() as session:
        for old, new in ((3, 99), (4, 3), (99, 4)):
            session.execute(update(Event).where(Event.seq == old).values(seq=new))
    assert verdict(signed).startswith("Event 3")


def test_a_cut_end_is_found_even_with_the_head_set_back(signed: Deployment) -> None:
    with signed.database.writing() as session:
        fourth = session.scalars(select(Event).where(Event.seq == 4)).one()
        session.execute(update(EventHead).values(seq=4, digest=fourth.digest))
        session.execute(delete(Event).where(Event.seq > 4))
    assert verdict(signed) == "The chain ends at 4, but head 6 was signed."


def test_a_chain_written_anew_doesnt_fit_the_signed_head(signed: Deployment) -> None:
    with signed.database.writing() as session:
        digest = b"\x00" * 32
        for event in session.scalars(select(Event).order_by(Event.seq)).all():
            event.name = "enrolled" if event.seq == 2 else event.name
            event.digest = digest = event.digest_after(digest)
        session.execute(update(EventHead).values(digest=digest))
    assert verdict(signed) == "Event 6 isn't the one whose head was signed."


def test_an_event_with_other_facts_is_refused(deployment: Deployment) -> None:
    with deployment.database.writing() as session, pytest.raises(TypeError):
        record(session, "assigned", unit="MZ")

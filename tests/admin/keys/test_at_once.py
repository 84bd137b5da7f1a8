"""Two who change keys at the same moment, on PostgreSQL, where several write at once: the second
waits, and no key is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import delete, update

from admin.keys.master import rotate_master
from admin.keys.ring_rows import live_keys, pin_in_turn
from admin.keys.service import rotate_service
from admin.keys.unit import rotate_unit
from admin.system.set_up import give_units_keys
from intake.cases.inbound_text import TEXT_SENDER, TextOptOut
from intake.outbox.opt_outs import meet_again
from intake.vault.intake_key import read_intake_keys
from intake.vault.key_files import read_pins
from intake.vault.sealing import KeyPair
from intake.vault.service_key import Purpose
from intake.vault.unit_key import FormerUnitKey, UnitKey, context_of, live_former_keys
from intake.vault.vault import vault_of
from portal.foundation.database import Database
from tests.admin.keys.known_again import OTHER, THIRD, opted_out, texted, turn
from tests.admin.keys.world import Another
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

# So long the second is given to go wrong before the first stores what it made.
_SECONDS = 0.7


@pytest.fixture
def postgres(templates: Templates) -> Iterator[Deployment]:
    with templates.lend(CAMPAIGNS / "jianghan-2022", "postgresql", **TWILIO) as made:
        yield made


@contextmanager
def beside(do: Callable[[], object]) -> Iterator[list[Exception]]:
    """Let another do something meanwhile; yields what he ran into, known when the block ends."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            do()
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(_SECONDS)
    yield failed
    thread.join()


def half_of(database: Database, code: str) -> tuple[bytes, bytes]:
    """A unit's public half, and the one that follows from what its private half opens to."""
    with database.reading() as session:
        key = session.get_one(UnitKey, code)
        private = vault_of(session).masters.unlock(key.private_under_master, context_of(code))
        return key.public_key, KeyPair.from_seed(private).public


def test_a_unit_s_turn_beside_the_master_key_s(postgres: Deployment, another: Another) -> None:
    turn = rotate_unit(another(postgres), "MZ")
    next(turn)
    with beside(lambda: list(rotate_master(another(postgres), postgres.settings))) as said:
        list(turn)
    assert said == []
    stored, derived = half_of(another(postgres), "MZ")
    assert stored == derived
    with another(postgres).reading() as session:
        (former,) = live_former_keys(session)
        assert isinstance(former, FormerUnitKey)
        assert vault_of(session).masters.opens(former.private_under_master or b"")
    assert postgres.run("keys", "rotate", "--unit", "MZ").exit_code == 0


def test_a_new_unit_gets_its_key_beside_a_turn_of_the_master_key(
    postgres: Deployment, another: Another
) -> None:
    with postgres.database.writing() as session:
        session.execute(delete(UnitKey).where(UnitKey.unit_code == "MZ"))
    turning = rotate_master(another(postgres), postgres.settings)

    def load() -> None:
        with another(postgres).writing() as session:
            give_units_keys(session)

    while not next(turning).endswith("locked under it"):
        pass
    with beside(load) as said:
        list(turning)
    assert said == []
    stored, derived = half_of(another(postgres), "MZ")
    assert stored == derived


def test_two_turns_of_one_key_leave_one_newest(postgres: Deployment, another: Another) -> None:
    first = rotate_service(another(postgres), postgres.settings, Purpose.STORAGE)
    second = rotate_service(another(postgres), postgres.settings, Purpose.STORAGE)
    next(first)
    with beside(lambda: list(second)) as said:
        list(first)
    assert said == []
    with postgres.database.reading() as session:
        newest = [key for key in live_keys(session, Purpose.STORAGE) if not key.replaced_at]
    assert len(newest) == 1
    assert postgres.run("keys", "rotate", "--storage").exit_code == 0


def test_nobody_takes_back_what_a_turn_has_pinned(
    on_each_database: Deployment, another: Another
) -> None:
    """Another command looks at the rows while the signing key's turn is pinned and not stored."""
    settings = on_each_database.settings
    turn = rotate_service(another(on_each_database), settings, Purpose.SIGNING)
    next(turn)
    other = another(on_each_database)
    with beside(lambda: pin_in_turn(other, settings)) as said:
        next(turn)
    assert said == []
    # The turn is killed here: whatever is signed from now on is trusted.
    del turn
    with another(on_each_database).reading() as session:
        vault = vault_of(session)
        assert vault.is_signed(b"x", vault.sign(b"x"))
    assert len(read_pins(settings).checking) == 2


def test_an_opt_out_that_somebody_marks_anew_is_found_meanwhile(
    postgres: Deployment, another: Another
) -> None:
    """A notice is about to go while the intake key is turned."""
    texted(postgres, "退订", sender=OTHER)
    (former,) = read_intake_keys(postgres.settings.intake_key_file)
    turn(postgres)
    with postgres.database.writing() as session:
        mark = former.mark(TEXT_SENDER, OTHER)
        session.execute(update(TextOptOut).values(sender_mark=mark))
    found: list[bool] = []
    with ExitStack() as middle:
        session = middle.enter_context(another(postgres).writing())
        assert meet_again(session, OTHER)
        with beside(lambda: found.append(opted_out(postgres, OTHER))) as failed:
            middle.close()
    assert (found, failed) == ([True], [])
    assert not opted_out(postgres, THIRD)

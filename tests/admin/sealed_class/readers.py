"""People of discipline inspection before the page of the sealed class, and what a thief has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from admin.sealed_class.readers import Locked, become_reader
from intake.cases.case import Case
from intake.vault import sealing
from intake.vault.class_key import ClassKey
from intake.vault.compartment import Compartment, CompartmentKey
from intake.vault.key_files import pin, read_pins
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.unit_key import UnitKey, unit_pair
from intake.vault.vault import Vault, vault_of
from portal.campaign.book import book
from portal.foundation.database import Database
from portal.foundation.staff import Role, Staff
from tests.admin.desk.people import Desks
from tests.deployments import PASSPHRASE, QUICK, Deployment

AGAINST_OFFICE = "领导小组办公室"
SECRET = "他们在青萝巷口收的钱"


def discipline_browser(desks: Desks, name: str, *, reads: bool = False) -> FlaskClient:
    """The browser of somebody of discipline inspection who has unlocked nothing."""
    deployment = desks.deployment
    staff_id = deployment.add_staff(name, ("JW", Role.DISCIPLINE), display=f"{name}同志")
    if reads:
        pair = deployment.class_pair()
        assert pair
        locked = Locked.under(PASSPHRASE, pair, staff_id, QUICK)
        with deployment.database.writing() as session:
            person = session.get_one(Staff, staff_id)
            become_reader(session, person, book(session), locked, let_in_by=None)
    desks.browsers[name] = deployment.officer(name, unlocks=False)
    return desks.browsers[name]


def post(desks: Desks, name: str, path: str, **typed: str) -> TestResponse:
    """Send a form of the class's page."""
    return desks.at(name).post(f"/staff/sealed/{path}", data={**desks.token(name), **typed})


def unlock(desks: Desks, name: str, passphrase: str = PASSPHRASE) -> int:
    """Type a passphrase; the status of the answer."""
    return post(desks, name, "unlock", passphrase=passphrase).status_code


@contextmanager
def without_passphrase(deployment: Deployment) -> Iterator[Database]:
    """The database as whoever has every key file has it: no reader's passphrase."""
    found = Database(deployment.settings, vault=Vault.open(deployment.settings))
    yield found
    found.engine.dispose()


def not_founded(deployment: Deployment) -> None:
    """Let the class never have been founded."""
    with deployment.database.writing() as session:
        session.delete(session.scalars(select(ClassKey)).one())
    not_pinned(deployment)
    deployment.__dict__.pop("_class_pair", None)


def not_pinned(deployment: Deployment) -> None:
    """Let no file say that the class is founded, as on a restored machine."""
    pin(deployment.settings, replace(read_pins(deployment.settings), discipline=None))


def holders_of(deployment: Deployment, number: str) -> set[str]:
    """Who holds anything of a case."""
    with deployment.database.reading() as session:
        of_case = select(CompartmentKey.holder).join(
            Compartment, Compartment.id == CompartmentKey.compartment_id
        )
        return set(session.scalars(of_case.where(Compartment.label == f"case:{number}")))


def opened_by_thief(deployment: Deployment, number: str, recovery: KeyPair) -> list[str]:
    """What opens of a case with a copy of the database, the master key and the general recovery
    key: of each box the holder by whose key it did."""
    with without_passphrase(deployment) as database, database.reading() as session:
        keys = list(_every_key(session, recovery))
        case = session.scalars(select(Case).where(Case.number == number)).one()
        boxes = session.scalars(select(Compartment).where(Compartment.label == case.label)).all()
        assert boxes
        return [
            f"{box.name} by {key.holder}"
            for box in boxes
            for key in box.keys
            if any(_opens(pair, key.wrap, box.wrap_context(key.holder)) for pair in keys)
        ]


def _every_key(session: Session, recovery: KeyPair) -> Iterator[KeyPair]:
    yield recovery
    for one in session.scalars(select(UnitKey)):
        pair = unit_pair(session, one.unit_code)
        yield pair
        by_paper = sealing.open_sealed(
            recovery, one.private_for_recovery or b"", f"unit-key|{one.unit_code}".encode()
        )
        assert by_paper == pair.private
    for secrets in vault_of(session).ring.keys.values():
        yield from (KeyPair.from_seed(secret) for secret in secrets.values())


def _opens(pair: KeyPair, blob: bytes, context: bytes) -> bool:
    # Whatever id stands at its head, so that nothing hides behind a wrong one.
    head = blob[:2] + sealing.key_id(pair.public) + blob[10:]
    try:
        sealing.open_sealed(pair, head, context)
    except DoesNotOpen:
        return False
    return True

"""The sealed class of a demonstration: two sample people read it, by a passphrase that everybody is
told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from admin.demonstration.sample_people import people, samples_of
from admin.sealed_class.founding import (
    found_class,
    hand_to_class,
    pin_class,
    seal_off_earlier,
)
from admin.sealed_class.readers import Locked, become_reader, is_reader, opened_by_passphrase
from intake.vault.class_key import OPENED_CLASS, is_founded
from intake.vault.sealing import KeyPair
from portal.campaign.book import book
from portal.foundation.database import Database
from portal.foundation.settings import Settings
from portal.foundation.staff import Role, Staff

PASSPHRASE = "yangli-miyao-shiwufenzhong"  # noqa: S105


@contextmanager
def class_open(database: Database, settings: Settings, password_hash: str) -> Iterator[None]:
    """Let sample people handle sealed cases in this block: found the class where it isn't, and name
    its readers. Its recovery key is thrown away. A class that somebody else founded stays closed.
    """
    pair = _pair(database, settings, password_hash)
    before = database.session_info.get(OPENED_CLASS)
    if pair is not None:
        database.session_info[OPENED_CLASS] = lambda: pair
    try:
        yield
    finally:
        database.session_info[OPENED_CLASS] = before


def _pair(database: Database, settings: Settings, password_hash: str) -> KeyPair | None:
    with database.writing() as session:
        readers, founded = _readers(session, password_hash), is_founded(session)
        known = [one.id for one in readers if is_reader(session, one.id)]
    if founded:
        with database.reading() as session:
            return opened_by_passphrase(session, known[0], PASSPHRASE) if known else None
    printed = KeyPair.fresh()
    with database.writing() as session:
        pair = found_class(session, printed.public)
    pin_class(settings, printed.public)
    locked = [(one, Locked.under(PASSPHRASE, pair, one.id)) for one in readers]
    with database.writing() as session:
        for one, half in locked:
            become_reader(session, one, book(session), half, let_in_by=None)
        seal_off_earlier(session, book(session))
        hand_to_class(session, book(session))
    return pair


def _readers(session: Session, password_hash: str) -> list[Staff]:
    wanted = [one for one in people(book(session)) if one.role is Role.DISCIPLINE]
    return samples_of(session, wanted, password_hash)

"""New files: those that came with a case, a draft or evidence are settled, those of forms that were
never sent are taken away. They are kept for an hour, so that a form that was refused keeps its
photographs. Settled ones go once nothing refers to them any more: what they came with was
destroyed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select

from admin.ledger.ledger_evidence import LedgerEvidence
from admin.notices.notice_draft import NoticeDraftFile
from admin.rounds.round_evidence import RoundEvidence
from admin.spot_checks.check_evidence import CheckEvidence
from intake.attachments.store import PREFIXES, FileStore
from intake.cases.attachment import Attachment
from portal.foundation.database import Database

KEPT_SECONDS = 3600
_AT_ONCE = 500
# Every record that refers to a file of the store.
_REFER = (Attachment, NoticeDraftFile, LedgerEvidence, RoundEvidence, CheckEvidence)


def sweep_files(database: Database) -> int:
    """Settle what belongs to something, take away what was staged for an hour; returns how
    many were taken away."""
    store: FileStore = database.session_info["files"]
    swept = 0
    for name in list(store.new_since(KEPT_SECONDS)):
        if _belongs(database, name):
            store.settle(name)
        elif store.drop_new(name, KEPT_SECONDS):
            swept += 1
    return swept


def sweep_left_files(database: Database) -> int:
    """Take away every settled file that nothing refers to; returns how many. It looks through all
    of them, some hundreds at a time."""
    store: FileStore = database.session_info["files"]
    swept = 0
    for names in _settled(store):
        for name in names - _referred_to(database, names):
            swept += store.drop_settled(name, KEPT_SECONDS)
    return swept


def _settled(store: FileStore) -> Iterator[set[str]]:
    """The names of all settled files: whole folders, together as many as one question takes."""
    names: set[str] = set()
    for prefix in PREFIXES:
        names |= {path.name for path in store.settled_files(prefix)}
        if len(names) >= _AT_ONCE:
            yield names
            names = set()
    yield names


def _referred_to(database: Database, names: Collection[str]) -> set[str]:
    """Those of some files that a record refers to."""
    found: set[str] = set()
    if not names:
        return found
    with database.reading() as session:
        for record in _REFER:
            found |= set(session.scalars(select(record.stored).where(record.stored.in_(names))))
    return found


def _belongs(database: Database, name: str) -> bool:
    """Whether a case, a draft of a notice or evidence refers to a file."""
    with database.reading() as session:
        return any(
            session.scalar(select(record.id).where(record.stored == name).limit(1)) is not None
            for record in _REFER
        )

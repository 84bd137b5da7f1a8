"""Events (经过): everything that happened to a case, a problem or an account, in one chain.

Each event's digest covers the one before, over a head row that is locked last before the commit.
An edited, reordered or cut chain shows in `verify-audit`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    event,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.cases.event_names import FIELDS
from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment

_PENDING = "pending_events"
# Somebody read a case, or what was typed beside cases.
_READINGS = "name IN ('words_read', 'rights_read', 'mistake_read')"
FIRST_DIGEST = b"\x00" * 32
# What happened to somebody's account by others.
_OF_STAFF = (
    "name IN ('staff_added', 'link_made', 'post_taken', 'sign_ins_ended', 'everybody_signed_out', "
    "'command_posts_seen')"
)


class Event(Base):
    """One event. `facts` holds codes, dates and ids, never words, names or numbers of people."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_case_id_seq", "case_id", "seq"),
        Index(
            "ix_event_staff_id_seq",
            "staff_id",
            "seq",
            sqlite_where=text("staff_id IS NOT NULL"),
            postgresql_where=text("staff_id IS NOT NULL"),
        ),
        Index(
            "ix_event_words_read",
            "staff_id",
            "happened_at",
            "case_id",
            sqlite_where=text(_READINGS),
            postgresql_where=text(_READINGS),
        ),
        Index(
            "ix_event_backup",
            "name",
            "seq",
            sqlite_where=text("name IN ('backup_taken', 'restored')"),
            postgresql_where=text("name IN ('backup_taken', 'restored')"),
        ),
        Index(
            "ix_event_staff_change",
            "name",
            "seq",
            sqlite_where=text(_OF_STAFF),
            postgresql_where=text(_OF_STAFF),
        ),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(40))
    happened_at: Mapped[datetime] = mapped_column(UtcMoment)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def row(self) -> dict[str, Any]:
        """The event as the database stores it."""
        return {column.key: getattr(self, column.key) for column in Event.__table__.columns}

    def digest_after(self, previous: bytes) -> bytes:
        """The digest that this event must have after `previous`."""
        canonical = json.dumps(
            [
                self.seq,
                self.name,
                self.happened_at.isoformat(),
                self.case_id,
                self.staff_id,
                self.facts,
            ],
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return hashlib.blake2b(previous + canonical.encode(), digest_size=32).digest()


# Somebody read a case, a request about one's own information, or a mistake on the site. It says
# nothing of what became of it: whoever tells or counts that passes it over. Written out, since
# neither database takes the index of these for a parameter.
IS_READING = Event.name.in_(
    [literal_column(f"'{name}'") for name in ("words_read", "rights_read", "mistake_read")]
)
# A backup was taken or restored. Written out for the same reason.
IS_BACKUP = Event.name.in_([literal_column("'backup_taken'"), literal_column("'restored'")])

# Something of `staff_events` that others did to an account, or that was read of it.
IS_OF_STAFF = text(f"event.{_OF_STAFF}")


class EventHead(Base):
    """The end of the chain; one row."""

    __tablename__ = "event_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)


# Whoever reads the head without its lock forks the chain on PostgreSQL.
_HOLD_HEAD = select(EventHead.seq, EventHead.digest).with_for_update()


class SignedHead(Base):
    """A head that the worker signed, with a key that the public side lacks."""

    __tablename__ = "signed_head"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    signed_at: Mapped[datetime] = mapped_column(UtcMoment)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


def head_part(seq: int, digest: bytes) -> bytes:
    """What is signed of a head."""
    return b"event-head|" + str(seq).encode() + b"|" + digest


def record(
    session: Session, name: str, *, case_id: int | None = None, by: int | None = None, **facts: Any
) -> None:
    """Note an event; it joins the chain when the transaction commits. `by` is the acting staff's
    id.

    Raises:
        TypeError: the event has other fields than `event_names` declares for it.
    """
    if FIELDS[name] != facts.keys():
        raise TypeError(f"event {name} needs {sorted(FIELDS[name])}, got {sorted(facts)}")
    session.info.setdefault(_PENDING, []).append(
        Event(name=name, happened_at=clock.now(), case_id=case_id, staff_id=by, facts=facts)
    )


def pending(session: Session, case_id: int | None) -> list[Event]:
    """Events of this transaction, of a case or of none, that haven't joined the chain yet."""
    return [one for one in session.info.get(_PENDING, []) if one.case_id == case_id]


@event.listens_for(Session, "before_commit")
def _append_to_chain(session: Session) -> None:
    events: list[Event] = session.info.pop(_PENDING, [])
    if not events:
        return
    session.flush()
    connection = session.connection()
    seq, digest = connection.execute(_HOLD_HEAD).one()
    for one in events:
        one.seq = seq = seq + 1
        one.digest = digest = one.digest_after(digest)
    connection.execute(insert(Event), [one.row for one in events])
    connection.execute(update(EventHead), {"seq": seq, "digest": digest})


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)

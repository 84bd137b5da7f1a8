"""Evidence (证明材料): files that come with what staff write down, sealed where its words are, for
whoever reads those."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from intake.attachments.stored_file import StoredFile
from intake.cases.attachment import sealed_column
from intake.enclosing import seal_file
from intake.vault.compartment import Compartment
from intake.vault.sealing import KeyPair
from portal.foundation.database import Base

# What a device called a file may say who is seen on it, or who sent it: another unit reads it, too.
_PLAIN_NAME = "证明材料"


@dataclass(frozen=True)
class Proof:
    """What somebody writes down, and the files that come with it, where there are any."""

    words: str
    files: Sequence[StoredFile] = ()


# A compartment with its own pair: open to read.
Opened = tuple[Compartment, KeyPair]


class Evidence(Base):
    """One file, which came with a text; each room has its own, with a foreign key to its texts.
    `stored` is its opaque name in the store; what opens it is sealed in the text's compartment."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int]
    stored: Mapped[str] = mapped_column(String(32), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


def attach(
    session: Session,
    record: type[Evidence],
    text_id: int,
    files: Sequence[StoredFile],
    *,
    box: Compartment,
) -> None:
    """Seal what opens the files that come with a stored text, under plain names in their order."""
    named = (one.called(f"{_PLAIN_NAME}{at}") for at, one in enumerate(files, 1))
    session.add_all(
        record(text_id=text_id, stored=one.stored, sealed=seal_file(box, one)) for one in named
    )


def attached(
    session: Session, record: type[Evidence], texts: Mapping[int, Opened]
) -> dict[int, tuple[StoredFile, ...]]:
    """The files of some texts, by the ids of those that have any, as they were sent."""
    found: dict[int, tuple[StoredFile, ...]] = {}
    wanted = select(record).where(record.text_id.in_(texts)).order_by(record.id)
    for row in session.scalars(wanted):
        box, pair = texts[row.text_id]
        file = StoredFile.from_text(box.open(pair, row.sealed, sealed_column(row.stored)))
        found[row.text_id] = (*found.get(row.text_id, ()), file)
    return found

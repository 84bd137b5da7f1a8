"""Files that come with a message: sealed where its words are, for whoever reads those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.attachments.stored_file import StoredFile
from intake.cases.attachment import Attachment, sealed_column
from intake.cases.case import Case
from intake.cases.message import Message, MessageKind
from intake.vault.compartment import Compartment

# What a reporter is sent, by what its files are called. What a device called them may say who wrote
# them, where, and about whom.
_PLAIN_NAMES = {
    MessageKind.QUESTION: "问您的事附件",
    MessageKind.REPLY: "答复附件",
    MessageKind.NOTICE: "告知附件",
}
# What files come with.
ENCLOSING = frozenset(
    {
        MessageKind.WORDS,
        MessageKind.SUPPLEMENT,
        MessageKind.DRAFT,
        MessageKind.PROPOSAL,
        *_PLAIN_NAMES,
    }
)


@dataclass(frozen=True)
class Enclosed:
    """A file that came with a message."""

    file: StoredFile


def enclose(
    session: Session, message: Message, files: Sequence[StoredFile], *, box: Compartment
) -> None:
    """Seal into a case what opens the files that come with a message of that box. What goes to the
    reporter goes under plain names, in the order of the files."""
    if files:
        session.flush()
        named = _named_for(message.kind, files)
        session.add_all(_enclosed_in(message, one, box) for one in named)


def files_of(session: Session, case: Case) -> dict[int | None, list[Attachment]]:
    """The files of a case by the message that they came with; what came at once has none."""
    found: dict[int | None, list[Attachment]] = {}
    of_case = select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    for one in session.scalars(of_case):
        found.setdefault(one.message_id, []).append(one)
    return found


def seal_file(box: Compartment, file: StoredFile) -> bytes:
    """What opens a file, sealed for who holds the compartment of what it came with."""
    return box.seal(file.to_text(), sealed_column(file.stored))


def _named_for(kind: MessageKind, files: Sequence[StoredFile]) -> Sequence[StoredFile]:
    plain = _PLAIN_NAMES.get(kind)
    return [one.called(f"{plain}{at}") for at, one in enumerate(files, 1)] if plain else files


def _enclosed_in(message: Message, file: StoredFile, box: Compartment) -> Attachment:
    return Attachment(
        case_id=message.case_id,
        message_id=message.id,
        stored=file.stored,
        sealed=seal_file(box, file),
        staff_id=message.staff_id,
        attached_at=message.written_at,
    )

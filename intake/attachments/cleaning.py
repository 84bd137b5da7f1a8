"""Makes a file clean: anew from what can be seen in it, in a child process that can reach nothing.

Nothing touches the disk, and whatever the child does, the answer is clean bytes or a reason.
"""

from __future__ import annotations

from pathlib import Path

from intake.attachments.file_type import MOST_BYTES, FileType, recognise_whole
from intake.attachments.limited_child import ask
from intake.attachments.one_at_a_time import our_turn
from intake.attachments.refusal import Refusal


def clean(data: bytes, file_type: FileType, *, lock_folder: Path | None) -> bytes | Refusal:
    """The file without what can't be seen in it, as `file_type.becomes`; or why it isn't taken.

    A recording comes back as it is. `lock_folder` is where processes of one machine wait for each
    other, since they clean one file at a time between them; None where nobody else cleans.
    """
    if not data:
        return Refusal.EMPTY
    if len(data) > MOST_BYTES:
        return Refusal.TOO_LARGE
    if not file_type.is_cleaned:
        return data
    return _in_a_child(("clean", file_type, "1"), data, file_type.becomes, lock_folder)


def preview(
    data: bytes, file_type: FileType, page: int = 1, *, lock_folder: Path | None
) -> bytes | Refusal:
    """A JPEG picture of a cleaned image, or of a page of a cleaned PDF, for the staff.

    Pages count from 1. What has no such page, or no picture at all, is `Refusal.NO_PAGE`.
    """
    if not file_type.has_preview or page < 1:
        return Refusal.NO_PAGE
    order = ("preview", file_type, str(page))
    return _in_a_child(order, data, FileType.JPEG, lock_folder)


def _in_a_child(
    order: tuple[str, ...], data: bytes, expected: FileType, lock_folder: Path | None
) -> bytes | Refusal:
    with our_turn(lock_folder) as is_ours:
        answer = ask(order, data) if is_ours else Refusal.BUSY
    # A child that was taken over by what it read may answer anything.
    if isinstance(answer, bytes) and recognise_whole(answer) is not expected:
        return Refusal.DAMAGED
    return answer

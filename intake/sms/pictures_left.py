"""Pictures that came with a command which takes none: its sender hears that they weren't taken."""

from __future__ import annotations

from dataclasses import replace

from intake.sms.answers import MOST_PARTS, NOTES_OF_PICTURES, Answer
from intake.sms.matter import Inbound


def say_pictures_left(inbound: Inbound, answer: Answer) -> Answer:
    """The answer, with a line about its pictures where nothing became of them. What is registered
    speaks of them itself; an answer that has no room for the line gives up its last one."""
    is_added = inbound.pictures and "added" in answer.names
    if not inbound.has_picture or "code" in answer.values or is_added:
        return answer
    if not answer.names or NOTES_OF_PICTURES & set(answer.names):
        return answer
    note = "no_pictures" if inbound.loses_pictures else "pictures_left"
    return replace(answer, names=(*answer.names[: MOST_PARTS - 1], note))

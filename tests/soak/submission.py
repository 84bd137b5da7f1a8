"""What somebody sends, by which door, and what he was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Door(StrEnum):
    """How it is sent."""

    FORM = "report by the form"
    MORE_BY_FORM = "supplement by the form"
    TWILIO = "text by Twilio"
    GATEWAY = "text by the gateway"
    MORE_BY_TEXT = "supplement by text"

    @property
    def is_text(self) -> bool:
        """Whether a telephone sends it."""
        return self in {Door.TWILIO, Door.GATEWAY, Door.MORE_BY_TEXT}

    @property
    def is_report(self) -> bool:
        """Whether it becomes a case of its own."""
        return self in {Door.FORM, Door.TWILIO, Door.GATEWAY}


@dataclass(frozen=True)
class Told:
    """What the sender was told: number and code of the case (empty where a text was only kept), and
    how many files arrived."""

    number: str = ""
    code: str = field(default="", repr=False)
    files: int = 0


@dataclass
class Submission:
    """One thing that is sent until it is answered. `told` is None until then; `of` is the case that
    a supplement belongs to."""

    index: int
    door: Door
    words: str
    files: Sequence[tuple[str, bytes]] = ()
    told: Told | None = None
    of: Told | None = None

    @property
    def telephone(self) -> str:
        """The sender's own number, E.164."""
        return f"+8613{self.index:09d}"

    @property
    def provider_id(self) -> str:
        """Under which a provider knows the text."""
        return f"SM{self.index:032x}"


_DOORS = (
    [Door.FORM] * 45
    + [Door.MORE_BY_FORM] * 10
    + [Door.TWILIO] * 20
    + [Door.GATEWAY] * 15
    + [Door.MORE_BY_TEXT] * 10
)
_BY_FORM = "我妈的高龄津贴三个月没发了。\n社区说：<b>“再等等”</b> & 别急；\n第{mark}回写。"
_BY_TEXT = "民意街的高龄津贴三个月没有到账，第{mark}回写"
_MORE = "补充第{mark}条：上月二十号又去问过一次"


def drawn(chance: Random, first: int, many: int, photos: Sequence[bytes]) -> list[Submission]:
    """So many submissions of every sort, with words and recordings that no other has."""
    return [_one(chance, index, photos) for index in range(first, first + many)]


def _one(chance: Random, index: int, photos: Sequence[bytes]) -> Submission:
    door, mark = chance.choice(_DOORS), f"{index}x{chance.getrandbits(24):06x}"
    if door is Door.FORM:
        words = _BY_FORM.format(mark=mark)
        return Submission(index, door, words, _files(chance, mark, photos))
    words = _BY_TEXT if door.is_report else _MORE
    return Submission(index, door, words.format(mark=mark))


def _files(chance: Random, mark: str, photos: Sequence[bytes]) -> list[tuple[str, bytes]]:
    """None, a recording, or a photograph with it."""
    frame = b"\xff\xfb\x90\x64" + mark.encode().ljust(413, b"\0")
    found = [("录音.mp3", frame * 20), ("存折.jpg", chance.choice(photos))]
    return found[: chance.choices((0, 1, 2), (50, 38, 12))[0]]

"""Afterwards: what was acknowledged is looked for as its reporter sees it, on the public site, and
as the unit reads it; and everything in the database is counted against what was sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape

import httpx
from sqlalchemy import select

from admin.system.event_audit import verify
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.correspondence import Letter, read_as_unit
from tests.running import hidden_fields
from tests.soak.browsers import browser
from tests.soak.submission import Submission, Told
from tests.soak.telephones import receipt_in
from tests.soak.world import World

_READERS = 6
_WORDS = re.compile(r'<blockquote class="words">(.*?)</blockquote>', re.DOTALL)
_FILE = re.compile(r'name="file"\s+value="([0-9a-f]{32})"')


@dataclass
class Verdict:
    """What was found, each fault with the submissions that have it."""

    sent: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    lost: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    words_differ: list[int] = field(default_factory=list)
    files_differ: list[int] = field(default_factory=list)
    texts_twice: int = 0
    texts_delivered: int = 0


@dataclass(frozen=True)
class _Case:
    """A case as the unit reads it: its texts, and its files in the clear."""

    texts: Sequence[str]
    files: Sequence[bytes]


def judged(world: World) -> Verdict:
    """Look for everything that was sent. Raises what `verify` raises where the events' chain is
    broken."""
    found = Verdict(sent=len(world.submissions))
    cases = _as_units(world)
    times = Counter(text for case in cases.values() for text in case.texts)
    receipts = _by_text(world)
    with ThreadPoolExecutor(_READERS) as readers:
        for one, fault in zip(
            world.submissions,
            readers.map(lambda one: _fault(world, one, cases, receipts), world.submissions),
            strict=True,
        ):
            found.acknowledged += one.told is not None
            found.unanswered += one.told is None
            if times[one.words] > 1:
                found.doubled.append(one.index)
            if fault:
                getattr(found, fault).append(one.index)
    taken = Counter(one["status_callback"] for one in world.provider.taken)
    found.texts_delivered = len(taken)
    found.texts_twice = sum(number - 1 for number in taken.values())
    return found


def _as_units(world: World) -> Mapping[str, _Case]:
    """Every case, by number, as the unit in whose hands it is reads it."""
    kinds, found = [MessageKind.WORDS, MessageKind.SUPPLEMENT], {}
    database = world.deployment.database
    with database.reading() as session:
        verify(session)
        numbers = list(session.scalars(select(Case.id)))
    for at in range(0, len(numbers), 500):
        with database.reading() as session:
            cases = session.scalars(select(Case).where(Case.id.in_(numbers[at : at + 500])))
            for case in cases.all():
                letters = read_as_unit(session, case, frozenset({case.unit_code}), kinds)
                files = [_file(world, letter, at) for letter in letters for at in _files_of(letter)]
                found[case.number] = _Case([letter.text for letter in letters], files)
    return found


def _files_of(letter: Letter) -> range:
    return range(len(letter.files))


def _file(world: World, letter: Letter, at: int) -> bytes:
    file, store = letter.files[at].file, world.deployment.database.session_info["files"]
    whole: bytes = store.whole(file.stored, file.key, file.size)
    return whole


def _by_text(world: World) -> Mapping[str, Told]:
    """The receipts that went out by text later, by telephone."""
    found: dict[str, Told] = {}
    for one in world.provider.taken:
        told = receipt_in(one["body"])
        if told:
            found[one["to"]] = told
    return found


def _fault(
    world: World, one: Submission, cases: Mapping[str, _Case], receipts: Mapping[str, Told]
) -> str:
    """What is wrong with a submission; empty where it is as it should be, or wasn't answered."""
    if one.told is None:
        return ""
    told = one.told if one.told.code else receipts.get(one.telephone)
    case = cases.get(told.number) if told else None
    if told is None or case is None:
        return "lost"
    with browser(world.running.public_url, one.index) as client:
        answer = client.post("/progress", data={"query_code": told.code})
        if answer.status_code != 200:
            return "lost"
        shown = [unescape(text) for text in _WORDS.findall(answer.text)]
        if one.words not in shown or one.words not in case.texts:
            return "words_differ"
        if one.door.is_report and not _same_files(world, one, client, answer, case):
            return "files_differ"
    return ""


def _same_files(
    world: World, one: Submission, client: httpx.Client, answer: httpx.Response, case: _Case
) -> bool:
    """Whether reporter and unit get the files that arrived, as they were cleaned. Where not all did
    his receipt said so."""
    assert one.told is not None
    expected = Counter(world.photos.get(content, content) for _, content in one.files)
    fields = hidden_fields(answer.text)
    saved = [
        client.post("/progress/file", data=fields | {"file": number}).content
        for number in _FILE.findall(answer.text)
    ]
    seen = Counter(saved)
    return len(saved) == one.told.files and seen == Counter(case.files) and seen <= expected

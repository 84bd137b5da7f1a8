"""Noting that something was sent to a superior (报送、信息报送), with the very file, and what the
superior said of it."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.refusals import DayPassed, NeedsText, StepNotAllowed
from admin.summaries.planned import planned_in
from admin.summaries.sending import Heard, HowSent, Sending, SendingNote
from admin.summaries.sight import NoSuchSummary, puts_together
from admin.summaries.summary import Summary, SummaryState
from intake.attachments.file_type import FileType, recognise_whole
from intake.attachments.refusal import Refusal
from intake.cases.event import record
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from intake.vault.sealing import KeyPair
from portal.campaign.book import Book
from portal.foundation import clock

MOST_BYTES = 5 * 1024 * 1024
_NAME = "sending"
_TAKEN = frozenset({FileType.PDF, FileType.DOCX, FileType.XLSX})
_KEY_BYTES = 4
# One page of the list.
_MOST = 200


class BadFile(ValueError):
    """A file can't be kept: it is too large, or neither PDF, DOCX nor XLSX without macros."""


@dataclass(frozen=True, kw_only=True)
class SentWords:
    """What is typed about it."""

    title: str
    receiver: str
    number: str = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What was sent on a Shanghai day, how, and the file."""

    words: SentWords
    sent_on: date
    how: HowSent
    file: bytes


@dataclass(frozen=True)
class HeardNote:
    """What the superior said, opened."""

    heard: Heard
    heard_on: date
    text: str
    noted_at: datetime


@dataclass(frozen=True)
class SendingFile:
    """One sending, opened, with what came back, the first of it first."""

    sending: Sending
    words: SentWords
    notes: tuple[HeardNote, ...]


def note_sent(session: Session, *, by: Hand, sent: Sent, summary: Summary | None = None) -> Sending:
    """Note that something was sent; of a summary, one that was approved.

    Raises:
        StepNotAllowed: this person has no part in it, or the summary isn't approved.
        DayPassed: the day hasn't come yet.
        NeedsText: title or receiver is missing.
        BadFile: see there.
    """
    _check(by, sent, summary)
    file_type = type_of(sent.file)
    sending = Sending(
        key=secrets.token_hex(_KEY_BYTES),
        summary_id=summary.id if summary else None,
        sent_on=sent.sent_on,
        how=sent.how,
        file_type=file_type.value,
        digest=hashlib.sha256(sent.file).hexdigest(),
        noted_by=by.access.staff_id,
        noted_at=clock.now(),
    )
    box = new_compartment(
        session,
        label=sending.label,
        name=_NAME,
        holders=frozenset({by.book.campaign.office_code}),
    )
    sending.words = box.seal(json.dumps(asdict(sent.words), ensure_ascii=False), "words")
    sending.file = box.seal(base64.b64encode(sent.file).decode(), "file")
    session.add(sending)
    session.flush()
    record(
        session, "report_sent", by=by.access.staff_id, sending=sending.key, sha256=sending.digest
    )
    return sending


def _check(by: Hand, sent: Sent, summary: Summary | None) -> None:
    is_ready = summary is None or summary.state is SummaryState.APPROVED
    if not puts_together(by.access) or not is_ready:
        raise StepNotAllowed("sending")
    if sent.sent_on > clock.today():
        raise DayPassed
    if not sent.words.title.strip() or not sent.words.receiver.strip():
        raise NeedsText


def note_heard(
    session: Session, sending: Sending, *, by: Hand, heard: Heard, heard_on: date, text: str
) -> None:
    """Note what the superior said: that it arrived, or that it came back, and why.

    Raises:
        StepNotAllowed: this person has no part in it.
        DayPassed: the day hasn't come yet, or lies before it was sent.
        NeedsText: it came back, and nobody wrote why.
    """
    if not puts_together(by.access):
        raise StepNotAllowed("sending")
    if not sending.sent_on <= heard_on <= clock.today():
        raise DayPassed
    if heard is Heard.RETURNED and not text.strip():
        raise NeedsText
    session.add(
        SendingNote(
            sending_id=sending.id,
            heard=heard,
            heard_on=heard_on,
            words=_box(session, sending).seal(text.strip(), "note"),
            noted_by=by.access.staff_id,
            noted_at=clock.now(),
        )
    )
    record(session, "report_heard", by=by.access.staff_id, sending=sending.key, heard=heard)
    session.flush()


def type_of(file: bytes) -> FileType:
    """What sort of file it is, by what is in it.

    Raises:
        BadFile: see there.
    """
    found = recognise_whole(file) if len(file) <= MOST_BYTES else Refusal.TOO_LARGE
    if not isinstance(found, FileType) or found not in _TAKEN:
        raise BadFile
    return found


def sendings(session: Session, by: Hand, summary: str | None = None) -> list[SendingFile]:
    """What was sent, the newest first: of the summary of that key, in whatever revision, or
    everything else.

    Raises:
        NotAHolder: the reader isn't of the office.
    """
    of_it = select(Summary.id).where(Summary.duty == summary)
    which = Sending.summary_id.in_(of_it) if summary else Sending.summary_id.is_(None)
    rows = session.scalars(select(Sending).where(which).order_by(Sending.id.desc()).limit(_MOST))
    return [_opened(session, one, by) for one in rows.all()]


def left_to_send(session: Session, book: Book) -> Mapping[str, tuple[str, ...]]:
    """Of every summary, by its key, the receivers to whom it wasn't sent yet, in whatever
    revision; for the office."""
    office = frozenset({book.campaign.office_code})
    rows = session.execute(
        select(Summary.duty, Sending).join(Sending, Sending.summary_id == Summary.id)
    ).all()
    sent: dict[str, list[str]] = {}
    for duty, sending in rows:
        box = _box(session, sending)
        words = _words(sending, box, open_compartment(session, box, office))
        sent.setdefault(duty, []).append(words.receiver)
    return {one.key: left_of(one.days.receivers, sent.get(one.key, ())) for one in planned_in(book)}


def left_of(receivers: Sequence[str], sent: Iterable[str]) -> tuple[str, ...]:
    """The receivers that stand in none of what was typed: 蔡甸区财政局 is 区财政局, too."""
    typed = ["".join(one.split()) for one in sent]
    return tuple(name for name in receivers if not any(name in one for one in typed))


def find_sending(session: Session, by: Hand, key: str) -> Sending:
    """The sending of that key.

    Raises:
        NoSuchSummary: there is none, or none for this person.
    """
    found = session.scalars(select(Sending).where(Sending.key == key)).first()
    if found is None or not puts_together(by.access):
        raise NoSuchSummary(key)
    return found


def open_sending(session: Session, by: Hand, key: str) -> SendingFile:
    """The same, opened.

    Raises:
        NoSuchSummary: see `find_sending`.
    """
    return _opened(session, find_sending(session, by, key), by)


def file_of(session: Session, by: Hand, key: str) -> tuple[bytes, FileType]:
    """The file that was sent, byte for byte.

    Raises:
        NoSuchSummary: see `find_sending`.
    """
    found = find_sending(session, by, key)
    box = _box(session, found)
    pair = open_compartment(session, box, by.access.openers)
    return base64.b64decode(box.open(pair, found.file, "file")), FileType(found.file_type)


def _opened(session: Session, found: Sending, by: Hand) -> SendingFile:
    box = _box(session, found)
    pair = open_compartment(session, box, by.access.openers)
    words = _words(found, box, pair)
    return SendingFile(found, words, tuple(_notes(session, found, box, pair)))


def _words(found: Sending, box: Compartment, pair: KeyPair) -> SentWords:
    return SentWords(**json.loads(box.open(pair, found.words, "words")))


def _notes(
    session: Session, found: Sending, box: Compartment, pair: KeyPair
) -> Sequence[HeardNote]:
    rows = session.scalars(
        select(SendingNote).where(SendingNote.sending_id == found.id).order_by(SendingNote.id)
    )
    return [
        HeardNote(one.heard, one.heard_on, box.open(pair, one.words, "note"), one.noted_at)
        for one in rows
    ]


def _box(session: Session, found: Sending) -> Compartment:
    wanted = select(Compartment).where(Compartment.label == found.label, Compartment.name == _NAME)
    return session.scalars(wanted).one()

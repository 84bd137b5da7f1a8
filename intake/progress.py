"""What a reporter does with his own case (查询、补充、撤回), by his query code, at any door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.attachments.stored_file import StoredFile, same_files
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.cases.receipt import Receipt
from intake.correspondence import Letter
from intake.dates import set_dates, waits_for_correction
from intake.family import hold_together
from intake.further_words import put_into
from intake.heeding import heed
from intake.outbox.addressing import forget_address
from intake.rules import lifecycle
from intake.rules.lifecycle import Actor, State
from intake.submission import issued_at
from intake.together import part, part_all
from intake.vault.query_codes import code_digest, read_code, reporter_keys
from intake.vault.sealing import KeyPair
from portal.campaign.book import book
from portal.foundation import clock

_REPORTER = frozenset({Actor.REPORTER})


class UnknownCode(LookupError):
    """No case has this code; nobody is told whether it was wrong, mistyped or no code at all."""


class CodeIsOneTime(Exception):
    """A member of staff saw this code: its reporter has to change it before it opens anything."""


class CaseIsOver(Exception):
    """The case is closed or withdrawn: nobody would read further words."""


@dataclass(frozen=True)
class Found:
    """A case, the cases that were split from it, and the key pair by which its reporter reads
    them all. `one_time`: the code is still the one that a member of staff saw."""

    case: Case
    parts: tuple[Case, ...]
    reporter: KeyPair
    one_time: bool

    @property
    def all(self) -> tuple[Case, ...]:
        """The case and its parts."""
        return (self.case, *self.parts)

    def called(self, number: str) -> Case:
        """The one of that number; without one, the first that words may be added to, else the
        first."""
        by_number = {case.number: case for case in self.all}
        heard = [case for case in self.all if case.state.is_heard]
        return by_number.get(number) or next(iter(heard), self.case)


def look_up(
    session: Session, typed: str, *, to_change: bool = False, one_time: bool = False
) -> Found:
    """The case whose code was typed. `to_change` holds it and all that it is tied to until the
    transaction ends; `one_time` lets a code pass that its reporter hasn't changed yet.

    Raises:
        UnknownCode: there is none; a malformed code costs the same search as a wrong one.
        CodeIsOneTime: it has to be changed first.
    """
    code = read_code(typed)
    digest = code_digest(code)
    if to_change:
        of_code = select(Receipt.case_id).where(Receipt.code_digest == digest)
        hold_together(session, session.scalars(of_code))
    wanted = (
        select(Case, Receipt)
        .join(Receipt, Receipt.case_id == Case.id)
        .where(Receipt.code_digest == digest)
    )
    # The receipt is held too: two who change its code at once would else both believe in the old.
    held = wanted.with_for_update(of=(Case, Receipt)) if to_change else wanted
    row = session.execute(held).first()
    if row is None:
        raise UnknownCode
    case: Case = row.Case
    receipt: Receipt = row.Receipt
    if receipt.is_one_time and not one_time:
        raise CodeIsOneTime
    split = select(Case).where(Case.part_of_id == case.id).order_by(Case.id)
    parts = session.scalars(split.with_for_update(of=Case) if to_change else split)
    return Found(case, tuple(parts), reporter_keys(code), receipt.is_one_time)


def add_words(
    session: Session,
    found: Found,
    text: str,
    submission: str,
    *,
    number: str = "",
    files: Sequence[StoredFile] = (),
) -> bool:
    """Add a reporter's further words and files to his case, or the part of that number; False if
    the same form brought them before.

    The new words are read for whom they accuse: those lose the case at once, and the worker takes
    their keys.

    Raises:
        CaseIsOver: the case is closed or withdrawn.
    """
    case = found.called(number)
    if not case.state.is_heard:
        raise CaseIsOver(case.number)
    letters = _sent_since(session, case, found.reporter, submission, MessageKind.SUPPLEMENT)
    if any(one.text == text and same_files(_sent_with(one), files) for one in letters):
        return False
    campaign_book = book(session)
    part(session, case, campaign_book)
    record(session, "supplemented", case_id=case.id)
    if waits_for_correction(session, case):
        record(session, "correction_received", case_id=case.id)
    case.awaiting_reporter = False
    heed(session, case, text, campaign_book)
    # Words that seal a case don't lie where its others did.
    put_into(session, case, text, files, campaign_book)
    case.last_word_at = clock.now()
    case.version += 1
    set_dates(session, case, campaign_book)
    session.flush()
    return True


def withdraw(session: Session, found: Found, *, number: str = "") -> None:
    """Withdraw a case, or the part of that number (撤回). Its words stay sealed in it; nobody has
    to act on it any more. What was merged into it goes on by itself.

    Raises:
        MoveNotAllowed: it was answered or closed before.
    """
    case = found.called(number)
    if case.state is State.WITHDRAWN:
        return
    move = lifecycle.check("withdraw", case.state, _REPORTER, case.kind)
    campaign_book = book(session)
    part(session, case, campaign_book)
    case.state = move.leads_to(case.state)
    record(session, move.event, case_id=case.id)
    case.last_word_at = clock.now()
    case.version += 1
    part_all(session, case, campaign_book)
    forget_address(session, case)
    set_dates(session, case, campaign_book)
    session.flush()


def can_withdraw(case: Case) -> bool:
    """Whether the life-cycle table lets a reporter withdraw the case now."""
    return any(
        move.name == "withdraw" for move in lifecycle.moves_from(case.state, _REPORTER, case.kind)
    )


def sent_before(
    session: Session,
    case: Case,
    reporter: KeyPair,
    text: str,
    submission: str,
    kind: MessageKind = MessageKind.SUPPLEMENT,
) -> bool:
    """Whether the same words came since the page with this submission id was made.

    The page was made knowing all words before it, so that the same words after it are the same
    form, sent again; nothing has to be stored to tell. A provider's id has no moment: its own door
    tells.
    """
    return any(one.text == text for one in _sent_since(session, case, reporter, submission, kind))


def _sent_since(
    session: Session, case: Case, reporter: KeyPair, submission: str, kind: MessageKind
) -> list[Letter]:
    """What came since the page with this submission id was made."""
    since = issued_at(submission)
    if since is None:
        return []
    letters = correspondence.read_as_reporter(session, case, reporter, [kind])
    return [letter for letter in letters if letter.written_at >= since]


def _sent_with(letter: Letter) -> list[StoredFile]:
    return [one.file for one in letter.files]

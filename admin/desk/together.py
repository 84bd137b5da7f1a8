"""What is done to a case is done to those that are merged into it: one reply for all of them, each
sealed to its own reporter, and one end."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.desk.hand import Hand, settle, write
from intake import follow_ups
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.message import MessageKind
from intake.correspondence import Letter
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.rules import lifecycle
from intake.rules.lifecycle import Actor, State
from intake.together import led_by, part_all

_RULES = frozenset({Actor.RULES})


@dataclass(frozen=True)
class Answer:
    """What a reply says, and the files that come with it."""

    text: str
    files: tuple[StoredFile, ...]

    @classmethod
    def of(cls, draft: Letter) -> Answer:
        """As it was drafted."""
        return cls(draft.text, tuple(one.file for one in draft.files))


def answer_together(session: Session, lead: Case, hand: Hand, answer: Answer) -> None:
    """Send a lead's reply into every case that waits for it. Its sender needn't see those cases:
    he writes into them and reads nothing."""
    for case in led_by(session, lead):
        _follow(session, case, hand, "answer_together", unit=lead.unit_code)
        write(session, case, hand, MessageKind.REPLY, answer.text, answer.files)
        queue_notice(session, case, Occasion.REPLIED)
        settle(session, case, hand)


def close_together(session: Session, lead: Case, hand: Hand) -> None:
    """Close what was answered with a lead (办结)."""
    for case in led_by(session, lead, State.REPLIED):
        _follow(session, case, hand, "close", unit=lead.unit_code)
        follow_ups.begin(session, case, hand.book)
        queue_notice(session, case, Occasion.CLOSED)
        settle(session, case, hand)


def part_from(session: Session, lead: Case, hand: Hand) -> None:
    """Let everything that waits for a lead go on by itself, since the lead will have no reply."""
    part_all(session, lead, hand.book, by=hand.access.staff_id)


def _follow(session: Session, case: Case, hand: Hand, name: str, *, unit: str) -> None:
    """Move a case by the rules, as its lead was moved by somebody."""
    move = lifecycle.check(name, case.state, _RULES, case.kind)
    case.state = move.leads_to(case.state)
    record(session, move.event, case_id=case.id, by=hand.access.staff_id, unit=unit)

"""Declining (不予受理): with a ground from the law, the right door with its telephone, and a second
person who agrees (信访工作条例 23)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.desk import proposing
from admin.desk.hand import Hand, NeedsText, move, settle, write
from admin.desk.proposal import Ground, What
from admin.desk.proposing import Wanted
from admin.desk.together import part_from
from intake.attachments.stored_file import StoredFile
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.outbox.notices import Occasion
from intake.outbox.queue_notice import queue_notice
from intake.rules.lifecycle import MOVES, MoveNotAllowed


@dataclass(frozen=True)
class Declining:
    """With which ground a case is to be declined; `door` is where its reporter should go, with the
    telephone, `reason` says it to him in plain words, and `files` come with that."""

    ground: Ground
    door: str
    reason: str
    files: tuple[StoredFile, ...] = ()

    @property
    def text(self) -> str:
        """What the reporter will read besides the ground."""
        return f"{self.reason.strip()}\n该找：{self.door}" if self.door else self.reason


def propose_decline(session: Session, case: Case, hand: Hand, how: Declining) -> None:
    """Propose to decline a case.

    Raises:
        MoveNotAllowed: the case can't be declined any more, or it is proposed already.
        NeedsText: no reason was given.
    """
    if case.state not in MOVES["decline"].sources:
        raise MoveNotAllowed("decline")
    if not how.reason.strip():
        raise NeedsText
    wanted = Wanted(What.DECLINE, ground=how.ground)
    proposing.propose(session, case, hand, wanted, reason=how.text, files=how.files)


def decline(session: Session, case: Case, hand: Hand) -> None:
    """Agree that a case is declined; its reporter reads the ground, the reason and the right door,
    and gets the files.
    What was merged into it goes on by itself.

    Raises:
        MoveNotAllowed: nothing is proposed, or the actor is neither head nor office.
        NeedsSecondPerson: the actor proposed it himself.
    """
    proposal = proposing.to_decide(session, case, hand, What.DECLINE)
    ground = proposal.ground or Ground.NO_CONTENT
    reason = proposing.agree(session, case, hand, proposal)
    told = f"这件不能在这里受理：{ground.official}。{reason.text}"
    files = [one.file for one in reason.files]
    write(session, case, hand, MessageKind.NOTICE, told, files)
    move(session, case, hand, "decline", unit=case.unit_code, ground=ground)
    queue_notice(session, case, Occasion.DECLINED)
    part_from(session, case, hand)
    settle(session, case, hand)

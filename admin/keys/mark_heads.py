"""Where marks by the intake key lie; and those from before a mark said which key has made it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, cast, func, literal, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.assessing.slip import Slip
from intake.cases.inbound_text import InboundText, TextOptOut
from intake.cases.receipt import Receipt
from intake.vault.intake_key import IntakeKey
from intake.vault.sealing import KEY_BYTES

MARKS: tuple[InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None], ...] = (
    Receipt.phone_mark,
    Receipt.contact_mark,
    InboundText.message_mark,
    InboundText.sender_mark,
    TextOptOut.sender_mark,
    Slip.code_mark,
)


def put_heads(session: Session, first: IntakeKey) -> None:
    """Let marks from before they said which key made them say that it was the first one: before the
    keys' own rows there was no other."""
    for column in MARKS:
        anew = cast(literal(first.head, LargeBinary).op("||")(column), LargeBinary)
        bare = func.length(column) == KEY_BYTES
        session.execute(update(column.class_).where(bare).values({column.key: anew}))

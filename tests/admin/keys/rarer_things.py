"""What keys make less often: each is there once, and is read again as its own room reads it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts import passkeys
from admin.accounts.passkey import Passkey
from admin.accounts.passkey_proof import Made
from admin.closing.closing import Closing
from admin.closing.ending import reason_of
from admin.orders.order_sheet import OrderSheet
from admin.orders.rows import Sender
from admin.orders.sheet_reading import Line, from_text
from admin.orders.taking_over import keep
from admin.staffing.proposing import propose
from admin.staffing.staff_change import How, StaffChange, What
from admin.staffing.wanted import Wanted, said_in
from intake import order_number, referred
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.sealed_answers import open_answers, seal_answer
from intake.assessing.slip_answer import SlipAnswer
from intake.cases.awaited_pictures import AwaitedPictures
from intake.cases.case import Case, Channel
from intake.cases.former_number import FormerNumber
from intake.cases.inbound_text import TextOptOut
from intake.cases.order import Order
from intake.cases.referral import Referral, ReferralState
from intake.outbox import opt_outs
from intake.outbox.notices import Occasion
from intake.outbox.opt_outs import opt_out
from intake.outbox.outbound_text import OutboundText
from intake.outbox.queue_notice import queue_notice, words_of
from intake.text_pictures import addresses_of, await_pictures
from intake.vault.vault import vault_of
from portal.foundation import clock
from portal.foundation.staff import Role

STOPPED = "+8613800138000"
SAID, WRONG, AT, WHY = "是", "WH-错-1", "https://provider.example/1", "还有事没办完"
NEW: dict[str, Any] = {"name": "xin", "unit_code": "MZ", "role": Role.OFFICER}
LINES = [Line(2, {"编号": "WH-9"})]


def put_in(session: Session, case: Case, staff_id: int) -> None:
    """Put each of them into the database."""
    queue_notice(session, case, Occasion.REPLIED)
    opt_out(session, STOPPED, at=clock.now())
    await_pictures(session, case, [AT])
    keep(session, LINES, Sender(Channel.HOTLINE, staff_id))
    _close(session, staff_id)
    _number_wrongly(session, staff_id)
    _answer(session, staff_id)
    passkeys.add(session, staff_id, Made(b"id", b"public", 0), name=SAID)
    propose(session, Wanted(What.PERSON, How.PAPER, **NEW), by=staff_id)
    case.referred = True
    found = Referral(
        key="r1",
        case_id=case.id,
        unit_code="JW",
        level="x",
        state=ReferralState.REFERRED,
        by_hand=False,
        with_contact=True,
        found_by=staff_id,
        found_on=clock.today(),
        signature=b"",
    )
    found.signature = referred.sign(session, case, found)
    session.add(found)


def read_back(session: Session, case: Case) -> None:
    """Read each of them as its room does."""
    vault = vault_of(session)
    queued = select(OutboundText).where(OutboundText.case_id == case.id)
    text = session.scalars(queued.where(OutboundText.sealed.is_not(None))).first()
    assert text is not None
    assert case.number in words_of(session, case, text)
    asked = session.scalars(select(TextOptOut)).one()
    assert vault.open_as_worker(asked.number_sealed or b"", opt_outs.CONTEXT) == STOPPED.encode()
    pictures = session.scalars(select(AwaitedPictures)).one()
    assert addresses_of(session, case, pictures) == [AT]
    sheet = session.scalars(select(OrderSheet)).one()
    plain = vault.open_under_master(sheet.sealed, sheet.context).decode()
    assert from_text(plain) == LINES
    assert reason_of(session, session.scalars(select(Closing)).one()) == WHY
    (former,) = order_number.formerly_numbered(session, Channel.HOTLINE, WRONG)
    assert order_number.former_numbers(session, former.case_id) == [WRONG]
    answers = session.scalars(select(SlipAnswer)).all()
    assert open_answers(session, "BGS", answers) == [("ST05", SAID)]
    assert referred.bodies_of(session, case).with_contact == {"JW"}
    passkey = session.scalars(select(Passkey)).one()
    assert passkeys.passkeys_of(session, passkey.staff_id) == [passkey]
    assert passkeys.name_of(session, passkey) == SAID
    said = said_in(session, session.scalars(select(StaffChange)).one())
    assert said is not None
    assert said.wanted.name == NEW["name"]


def _close(session: Session, staff_id: int) -> None:
    closing = Closing(prepared_by=staff_id, prepared_at=clock.now(), taken_back_at=clock.now())
    session.add(closing)
    session.flush()
    closing.sealed_reason = vault_of(session).seal_under_master(WHY.encode(), closing.context)


def _number_wrongly(session: Session, staff_id: int) -> None:
    stamp = order_number.stamp_of(session, Channel.HOTLINE, WRONG)
    session.add(
        FormerNumber(
            case_id=session.scalars(select(Order.case_id)).one(),
            number_stamp=stamp,
            number_sealed=order_number.seal_number(session, stamp, WRONG),
            corrected_by=staff_id,
            corrected_at=clock.now(),
        )
    )


def _answer(session: Session, staff_id: int) -> None:
    asked = Assessment(
        key="a1",
        title="评估",
        state=AssessmentState.DRAWN,
        first_on=clock.today(),
        last_on=clock.today(),
        policies=[],
        units=["ST05"],
        questions=[],
        asked=1,
        opened_by=staff_id,
        opened_at=clock.now(),
    )
    session.add(asked)
    session.flush()
    sealed = seal_answer(session, "BGS", asked.id, "ST05", SAID)
    session.add(SlipAnswer(assessment_id=asked.id, unit_code="ST05", sealed=sealed))

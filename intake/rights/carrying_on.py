"""Carrying a request on where nobody here may read it: in the case that it is about, or as a case
of its own. Only cases can be carried to a body without an account; nothing may get lost."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake.cases.case import Case, Channel, Identity
from intake.cases.event import record
from intake.cases.receipt import Receipt
from intake.cases.rights_request import RightsRequest
from intake.draft import Draft
from intake.further_words import put_into
from intake.opening import open_case
from intake.prepare import decision_on, opening_of
from intake.rights.rights_texts import RightsTexts, let_go, read_as_answerer
from intake.rules.rights import RightsOutcome
from portal.campaign.book import book
from portal.campaign.kinds import Kind
from portal.foundation import clock

_BECAUSE = "个人信息权利请求，那里没有能看的人，系统登记成件。"
_TOLD = "您提的个人信息请求，我们替您登记成这一件来办，查询码不变。"


def carry_on(session: Session, request: RightsRequest) -> None:
    """Put a request into the case that it is about, or register it as a case under the same code
    where it is about none. Who reads it from now on is the case's to say.

    Raises:
        NotAHolder: it was carried on before.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    texts = read_as_answerer(session, request)
    if request.case_id is None:
        case = _register(session, request, texts)
    else:
        case = session.get_one(Case, request.case_id, with_for_update=True)
        put_into(session, case, labelled(request, texts), (), book(session))
        case.version += 1
        record(session, "supplemented", case_id=case.id)
    record(session, "rights_registered", case_id=case.id, request=request.number)
    let_go(session, request)
    request.take_back()
    request.end(RightsOutcome.REGISTERED, by=None, at=clock.now())
    session.flush()


def labelled(request: RightsRequest, texts: RightsTexts) -> str:
    """Its words, as they stand in a case: with what they are."""
    return f"（个人信息权利请求{request.number}：{request.asked_for.official}）\n{texts.words}"


def _register(session: Session, request: RightsRequest, texts: RightsTexts) -> Case:
    """Whoever bars all who could read him accuses somebody: rather a tip-off than anything less."""
    draft = Draft(
        channel=Channel.WEB,
        kind=Kind.TIP_OFF,
        kind_was_read=True,
        words=labelled(request, texts),
        identity=Identity.REAL_NAME if texts.contact else Identity.ANONYMOUS,
        contact_name=texts.contact,
        submission=request.label,
        received_on=request.received_on,
    )
    found = decision_on(session, draft)
    decision = replace(found, because=(_BECAUSE, *found.because), notice=f"{_TOLD}{found.notice}")
    # What a desk wrote down has no code: nobody follows it by one.
    key = request.public_key or b""
    case = open_case(session, opening_of(session, draft, decision, key))
    if request.code_digest:
        receipt = {"case_id": case.id, "code_digest": request.code_digest, "public_key": key}
        session.connection().execute(insert(Receipt), receipt)
    return case

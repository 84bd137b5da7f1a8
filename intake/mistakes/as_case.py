"""Making a case of what somebody wrote as a mistake on the site: many write there what they want to
report, and nothing of it may be lost."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake.cases.case import Case, Channel
from intake.cases.event import record
from intake.cases.receipt import Receipt
from intake.cases.site_mistake import MistakeOutcome, SiteMistake
from intake.draft import Draft
from intake.mistakes.mistake_texts import MistakeTexts, let_go, read_as_answerer
from intake.opening import open_case
from intake.prepare import decision_on, opening_of
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.clock import day_of

# Of the other two the law asks a name and an address, and nobody left any here.
KINDS = tuple(kind for kind in Kind if not kind.needs_name)

_BECAUSE = "写在“网站找错”里，看过以后登记成件。"
_BECAUSE_NOBODY = "写在“网站找错”里，那里没有能看的人，系统登记成件。"
_TOLD = "您在“网站找错”里写的，不是网页上的错。我们替您登记成这一件，查询码不变。"
_TOLD_NOBODY = "您在“网站找错”里写的，我们替您登记成这一件来办，查询码不变。"
_ON_PAGE = "（写的时候看的是网页：{page}）"


def register_as_case(session: Session, mistake: SiteMistake, kind: Kind, *, by: int | None) -> Case:
    """Register what was written as a case of a kind that a member of staff chose, or the worker
    where nobody may read it here (`by` is None). It goes where the rules send it, bars whom it
    accuses, and counts from the day on which it was written.

    Its writer follows it by the code that he has, which no member of staff ever saw. Whoever
    answered lets go of the words here: who reads them from now on is the case's to say.

    Raises:
        NotAHolder: it was made a case before.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    draft = _draft(mistake, kind, read_as_answerer(session, mistake))
    found = decision_on(session, draft)
    because, told = (_BECAUSE, _TOLD) if by else (_BECAUSE_NOBODY, _TOLD_NOBODY)
    decision = replace(found, because=(because, *found.because), notice=f"{told}{found.notice}")
    case = open_case(session, opening_of(session, draft, decision, mistake.public_key))
    receipt = {
        "case_id": case.id,
        "code_digest": mistake.code_digest,
        "public_key": mistake.public_key,
    }
    session.connection().execute(insert(Receipt), receipt)
    record(session, "mistake_registered", case_id=case.id, by=by, mistake=mistake.number)
    let_go(session, mistake)
    mistake.end(MistakeOutcome.REGISTERED, by=by, at=clock.now())
    session.flush()
    return case


def _draft(mistake: SiteMistake, kind: Kind, texts: MistakeTexts) -> Draft:
    shown = f"\n{_ON_PAGE.format(page=texts.page)}" if texts.page else ""
    return Draft(
        channel=Channel.WEB,
        kind=kind,
        # Its writer chose none: in doubt a unit is taken for accused, as with a text message.
        kind_was_read=True,
        words=f"{texts.words}{shown}",
        submission=mistake.label,
        received_on=day_of(mistake.reported_at),
    )

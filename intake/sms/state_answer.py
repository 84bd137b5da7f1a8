"""How far a case is, by text message: the same sentences as on the reporter's page."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.dates import clocks_of, happened
from intake.rules.clocks import told_to_reporter
from intake.rules.lifecycle import State
from intake.sms.answers import Answer
from intake.told import told
from portal.campaign.book import book
from portal.foundation import formats

_ANSWERED = frozenset({State.REPLIED, State.CLOSED})


def answer_for(session: Session, case: Case) -> Answer:
    """The state of a case. An answer's words are read on the site only: texts pass through other
    hands."""
    campaign_book = book(session)
    events = happened(session, case)
    running = clocks_of(campaign_book, case.kind, case.identity, events)
    said = told(case, campaign_book, {one.name for one in events}, running)
    due = told_to_reporter(running)
    names = ["state"]
    if case.state in _ANSWERED:
        names.append("state_reply")
    elif due and due.clock != "sign_for":
        names.append("state_due")
    return Answer(
        tuple(names),
        {
            **line_values(session),
            "number": case.number,
            "state": said.state,
            "sentence": said.sentence,
            "date": formats.day_with_year(due.working.due_on) if due else "",
        },
    )


def line_values(session: Session) -> dict[str, str]:
    """The campaign's own telephones."""
    campaign = book(session).campaign
    return {"hotline": campaign.hotline, "emergency": campaign.emergency}

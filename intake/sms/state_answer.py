"""How far a case is, by text message: the same sentences as on the reporter's page."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.dates import clocks_of, happened, told_clock
from intake.progress import Found
from intake.rules.clocks import Running
from intake.rules.lifecycle import State
from intake.sms.answers import MOST_PARTS, Answer
from intake.told import Told, destroyed_at_his_request, told
from portal.campaign.book import book
from portal.foundation import formats

_ANSWERED = frozenset({State.REPLIED, State.CLOSED})


def answer_for(session: Session, found: Found) -> Answer:
    """The state of a case, or of each that was split from it. An answer's words are read on the
    site only: texts pass through other hands."""
    values = line_values(session)
    if found.one_time:
        return Answer(
            ("state", "change_code"), values | _of(found.case, _how_far(session, found.case)[0])
        )
    if not found.parts:
        said, due = _how_far(session, found.case)
        values |= _of(found.case, said) | {
            "date": formats.day_with_year(due.working.due_on) if due else ""
        }
        return Answer(tuple(_names(found.case, due)), values)
    names, several = ["state"], len(found.all) > MOST_PARTS
    values |= _of(found.case, _how_far(session, found.case)[0])
    for place, part in enumerate(found.parts[: MOST_PARTS - 1 - several], start=2):
        names.append(f"state_{place}")
        said, _due = _how_far(session, part)
        values |= {f"{name}_{place}": value for name, value in _of(part, said).items()}
    if several:
        names.append("state_more")
    return Answer(tuple(names), values | {"count": str(len(found.all))})


def line_values(session: Session) -> dict[str, str]:
    """The campaign's own telephones."""
    campaign = book(session).campaign
    return {"hotline": campaign.hotline, "emergency": campaign.emergency}


def _how_far(session: Session, case: Case) -> tuple[Told, Running | None]:
    campaign_book = book(session)
    events = happened(session, case)
    running = clocks_of(campaign_book, case.kind, case.identity, events)
    said = told(
        case,
        campaign_book,
        [one.name for one in events],
        running,
        at_his_request=destroyed_at_his_request(events),
    )
    return said, told_clock(campaign_book, case, events)


def _names(case: Case, due: Running | None) -> list[str]:
    names = ["state"]
    if case.state in _ANSWERED and case.destroyed_on is None:
        names.append("state_reply")
    elif due and due.clock != "sign_for":
        names.append("state_due")
    return names


def _of(case: Case, said: Told) -> dict[str, str]:
    return {"number": case.number, "state": said.state, "sentence": said.sentence}

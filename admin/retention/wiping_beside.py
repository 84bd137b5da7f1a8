"""What lies sealed beside cases, in requests about one's own information and mistakes on the site,
and how it is wiped: the keys of its box, then the texts. Each row stays with its days, and how it
ended."""

from __future__ import annotations

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.earlier_answer import EarlierAnswer
from intake.cases.event import Event
from intake.cases.rights_request import RightsRequest
from intake.cases.site_mistake import SiteMistake
from intake.vault.compartment import Compartment, CompartmentKey
from portal.foundation import clock

# The tables out of which something is wiped here.
WIPED_BESIDE = ("rights_request", "site_mistake", "earlier_answer")
_NOTHING = b""


def wipe_request(session: Session, request: RightsRequest) -> None:
    """What was typed in a request about one's own information: its words, how he is reached, its
    answer. Wiped before, it stays as it is."""
    if request.is_destroyed:
        return
    take_keys(session, boxes(request.label))
    request.sealed_words, request.sealed_contact, request.sealed_answer = _NOTHING, None, None
    # The code still finds it, and nothing is sealed to it any more.
    request.public_key = request.public_key and _NOTHING
    request.destroyed_on = clock.today()
    request.version += 1
    session.flush()


def wipe_mistake(session: Session, mistake: SiteMistake) -> None:
    """What was typed about a mistake on the site: its words, the page that they name, its answer
    and those that were corrected. Wiped before, it stays as it is."""
    if mistake.is_destroyed:
        return
    take_keys(session, boxes(mistake.label))
    of_it = update(EarlierAnswer).where(EarlierAnswer.mistake_id == mistake.id)
    session.execute(of_it.values(sealed=_NOTHING))
    mistake.sealed_words, mistake.sealed_page, mistake.sealed_answer = _NOTHING, None, None
    mistake.public_key = _NOTHING
    mistake.destroyed_on = clock.today()
    mistake.version += 1
    session.flush()


def wipe_carried_into(session: Session, case: Case) -> None:
    """What became a case, or was put into one: its words are the case's and go with them."""
    of_mistakes = select(SiteMistake).where(
        SiteMistake.number.in_(_became(case, "mistake_registered", "mistake"))
    )
    for mistake in session.scalars(of_mistakes).all():
        wipe_mistake(session, mistake)
    of_requests = select(RightsRequest).where(
        RightsRequest.number.in_(_became(case, "rights_registered", "request"))
    )
    for request in session.scalars(of_requests).all():
        wipe_request(session, request)


def _became(case: Case, name: str, fact: str) -> Select[str]:
    numbers = select(Event.facts[fact].as_string())
    return numbers.where(Event.case_id == case.id, Event.name == name)


def boxes(*labels: str) -> Select[int]:
    """The boxes of some labels."""
    return select(Compartment.id).where(Compartment.label.in_(labels))


def take_keys(session: Session, those: Select[int]) -> None:
    """Destroy boxes: what is sealed in them opens for nobody from then on."""
    ids = session.scalars(those).all()
    session.execute(delete(CompartmentKey).where(CompartmentKey.compartment_id.in_(ids)))
    session.execute(delete(Compartment).where(Compartment.id.in_(ids)))

"""Taking in a request about one's own information: read and sealed before the turn at writing,
stored in it, once for each form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.rights_bar import RightsBar
from intake.cases.rights_request import Door, RightsRequest
from intake.chain import chain_of
from intake.decision import Decision
from intake.mistakes.accusing import read_as_report
from intake.opening import BarOf
from intake.prepare import bars_of
from intake.progress import Found
from intake.rights.rights_texts import CONTACT, WORDS, new_box
from intake.rules import recusal
from intake.rules.rights import Asker, Proof, Right
from intake.sealing_off import sealed_to
from intake.vault.compartment import Compartment, store_compartments
from intake.vault.query_codes import code_digest, reporter_keys
from intake.vault.vault import vault_of
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.drawn_numbers import draw_number


@dataclass(frozen=True)
class Asked:
    """What somebody asks. `submission` is the form's one-time id; `contact` may be empty. What a
    member of staff wrote down says who he is and when it came."""

    asked_for: Right
    asker: Asker
    words: str
    contact: str = ""
    submission: str = ""
    recorded_by: int | None = None
    received_on: date | None = None

    @property
    def content(self) -> bytes:
        """Everything but the id: a retry has the same content, an edited one not."""
        said = [self.asked_for, self.asker, self.words, self.contact]
        return json.dumps(said, ensure_ascii=False).encode()


@dataclass(frozen=True)
class PreparedRequest:
    """A request with everything that is stored of it; nothing is yet."""

    request: RightsRequest
    bars: tuple[BarOf, ...]
    box: Compartment
    asked: Asked
    found: Found | None = None


def prepare_request(
    session: Session, asked: Asked, *, found: Found | None = None
) -> PreparedRequest:
    """Read whom somebody's words accuse, and seal them to the office, to the body in its stead, or
    to the sealed class, as a case's are; reads only. `found` is the case of whoever showed its
    code: whom that bars can't answer him, and the code says who he is. Else a code follows from the
    form and its content, so that a retry after a lost answer shows the same one.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    known = book(session)
    decisions, cases = _read(session, asked), found.all if found else ()
    barred = frozenset[str]().union(
        *(one.barred for one in decisions),
        *(correspondence.barred_in(session, one, known) for one in cases),
    )
    unit = recusal.decider(barred, chain_of(known))
    sealed = _is_sealed(session, decisions, cases, known)
    request = RightsRequest(
        number=draw_number(session, f"{known.campaign.case_prefix}GX", 6, RightsRequest.number),
        unit_code=unit,
        sealed=sealed,
        asked_for=asked.asked_for,
        asker=asked.asker,
        recorded_by=asked.recorded_by,
        received_on=asked.received_on or clock.today(),
    )
    _tie(session, request, asked, found)
    box = new_box(session, request, sealed_to(session, known) if sealed else unit)
    request.sealed_words = box.seal(asked.words, WORDS)
    request.sealed_contact = box.seal(asked.contact, CONTACT) if asked.contact else None
    bars = {(bar.unit_code, bar.staff_id): bar for one in decisions for bar in bars_of(one, known)}
    return PreparedRequest(request, tuple(bars.values()), box, asked, found)


def ask(session: Session, prepared: PreparedRequest) -> RightsRequest:
    """Store a request; the same form with the same content gives the one that is there.

    Raises:
        IntegrityError: the same form is being taken in beside this one, or a number was drawn
            twice; prepare it anew and try again.
    """
    if prepared.request.code_digest:
        asked = prepared.asked
        codes = vault_of(session).query_codes(_form_of(asked), asked.content).values()
        digests = [code_digest(code) for code in codes]
        same = select(RightsRequest).where(RightsRequest.code_digest.in_(digests))
        earlier = session.scalars(same).first()
        if earlier is not None:
            return earlier
        if prepared.request.code_digest != digests[0]:
            # The intake key was turned since.
            prepared = prepare_request(session, asked, found=prepared.found)
    request = prepared.request
    request.asked_at = clock.now()
    if request.proved is Proof.CODE:
        request.proved_at = request.asked_at
    session.add(request)
    session.flush()
    store_compartments(session.connection(), [prepared.box])
    record(session, "rights_asked", by=request.recorded_by, request=request.number)
    _bar(session, request, prepared.bars)
    return request


def _read(session: Session, asked: Asked) -> list[Decision]:
    """Whom what was typed accuses. Either field may; read as one text, a name and a telephone at
    its end would change how the words before them read."""
    return [read_as_report(session, one) for one in (asked.words, asked.contact) if one]


def _is_sealed(
    session: Session, decisions: Sequence[Decision], cases: Sequence[Case], known: Book
) -> bool:
    """Whether it belongs to the sealed class: what it is about does, or what it says would, were it
    a case. What accuses discipline inspection too isn't for the class to read."""
    accused = {
        *(bar.unit_code for one in decisions for bar in bars_of(one, known)),
        *(unit for one in cases for unit in correspondence.accused_in(session, one)),
    }
    if known.campaign.discipline_code in accused:
        return False
    return any(one.sealed for one in decisions) or any(one.sealed for one in cases)


def code_of(session: Session, request: RightsRequest, asked: Asked) -> str:
    """The query code of a request that was stored, for whoever asked by this form; empty where no
    key that made it is there any more."""
    return vault_of(session).code_given(request.code_digest, _form_of(asked), asked.content) or ""


def _form_of(asked: Asked) -> str:
    return f"rights|{asked.submission}"


def _tie(session: Session, request: RightsRequest, asked: Asked, found: Found | None) -> None:
    """Tie a request to whoever may read its answer, by the query code that is his from now on or
    by that of his case."""
    if asked.recorded_by is not None:
        request.door = Door.DESK
        return
    query_code = vault_of(session).query_code(_form_of(asked), asked.content)
    request.code_digest = code_digest(query_code)
    if found is not None:
        request.door, request.proved = Door.OWN_PAGE, Proof.CODE
        request.case_id, request.public_key = found.case.id, found.reporter.public
        return
    request.door, request.public_key = Door.WEB, reporter_keys(query_code).public


def _bar(session: Session, request: RightsRequest, bars: Sequence[BarOf]) -> None:
    """Bar whom it accuses from its first moment."""
    if not bars:
        return
    rows = [(one.unit_code, one.staff_id) for one in bars]
    session.connection().execute(
        # Without asking for the ids: the public process has no right to read this table.
        insert(RightsBar).inline(),
        [{"request_id": request.id, "unit_code": unit, "staff_id": who} for unit, who in rows],
    )
    units, people = (sorted(filter(None, column)) for column in zip(*rows, strict=True))
    record(session, "rights_barred", request=request.number, units=units, staff=people)

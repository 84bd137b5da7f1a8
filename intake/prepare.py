"""Prepare a draft for registration: read it, route it, seal it, count its dates.

All of this needs no turn at writing, so that a hundred people who report at once wait for each
other during the few inserts only.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.message import MessageKind
from intake.dates import clocks_of
from intake.draft import Draft
from intake.route import Decision, route
from intake.rules.clocks import Happened, Running
from intake.vault.compartment import Compartment, sealed_compartments
from intake.vault.holders import CompartmentName, Handling, holders
from intake.vault.query_codes import reporter_keys
from intake.vault.vault import vault_of
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.staff import Staff

# Put together once: every report asks it.
_WORKING_HERE = select(Staff.display_name, Staff.id).where(Staff.active)


@dataclass(frozen=True)
class Prepared:
    """A draft with everything that its registration stores. `texts` are sealed already."""

    draft: Draft
    book: Book
    decision: Decision
    query_code: str
    reporter_key: bytes
    number: str
    boxes: tuple[Compartment, ...]
    texts: tuple[tuple[MessageKind, bytes], ...]
    clocks: tuple[Running, ...]


def prepare(session: Session, draft: Draft) -> Prepared:
    """Everything about a registration that can be done before its turn; reads only.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    campaign_book = book(session)
    decision = route(draft, campaign_book, clock.today(), staff_names(session))
    query_code = vault_of(session).query_code(draft.submission, draft.content)
    reporter_key = reporter_keys(query_code).public
    number = f"{campaign_book.campaign.case_prefix}{secrets.randbelow(10**8):08d}"
    texts = _texts(draft, decision)
    boxes = sealed_compartments(
        session,
        label=f"case:{number}",
        holders=_holders(texts, draft, decision, campaign_book),
        reporter=reporter_key,
    )
    return Prepared(
        draft=draft,
        book=campaign_book,
        decision=decision,
        query_code=query_code,
        reporter_key=reporter_key,
        number=number,
        boxes=tuple(boxes.values()),
        texts=tuple((k, boxes[k.compartment].seal(text, k)) for k, text in texts),
        clocks=_clocks(draft, decision, campaign_book),
    )


def staff_names(session: Session) -> dict[str, int]:
    """Everybody who works here, for personal recusal; a single character names nobody."""
    rows = session.connection().execute(_WORKING_HERE)
    return {name: staff_id for name, staff_id in rows if len(name) > 1}


def _texts(draft: Draft, decision: Decision) -> list[tuple[MessageKind, str]]:
    contact = "\n".join(part for part in (draft.contact_name, draft.contact_phone) if part)
    texts = [
        (MessageKind.WORDS, draft.words),
        (MessageKind.ACCUSED, draft.accused),
        (MessageKind.BENEFICIARY, draft.on_behalf_of),
        (MessageKind.CONTACT, contact),
        (MessageKind.BECAUSE, "\n".join(decision.because)),
    ]
    return [(kind, text) for kind, text in texts if text]


def _holders(
    texts: list[tuple[MessageKind, str]], draft: Draft, decision: Decision, campaign_book: Book
) -> dict[str, frozenset[str]]:
    handling = Handling(
        unit=decision.unit,
        office=campaign_book.campaign.office_code,
        barred=decision.barred,
        is_tip_off=draft.kind is Kind.TIP_OFF,
    )
    needed = {kind.compartment for kind, _ in texts} | {CompartmentName.CONVERSATION}
    return {name: holders(name, handling) for name in sorted(needed)}


def _clocks(draft: Draft, decision: Decision, campaign_book: Book) -> tuple[Running, ...]:
    names = ["registered"] if decision.in_triage else ["registered", "assigned"]
    today = [Happened(name, clock.today()) for name in names]
    return clocks_of(campaign_book, draft.kind, draft.identity, today)

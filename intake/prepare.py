"""Prepare a draft for registration: read it, route it, seal it, count its dates.

All of this needs no turn at writing, so that a hundred people who report at once wait for each
other during the few inserts only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from intake.at_work import at_work
from intake.cases.bar import BarSource
from intake.cases.case import Case, Channel
from intake.cases.message import MessageKind
from intake.chain import chain_of
from intake.dates import clocks_of
from intake.decision import Decision, Kept
from intake.draft import Draft
from intake.opening import BarOf, Opening, SealedTexts
from intake.outbox.addressing import may_be_texted, sealed_address
from intake.route import route
from intake.rules import recusal
from intake.rules.clocks import Running
from intake.rules.pauses import Happened
from intake.sealing_off import sealed_to
from intake.vault.holders import Handling
from intake.vault.query_codes import reporter_keys
from intake.vault.vault import vault_of
from portal.campaign.book import Book, book
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.drawn_numbers import draw_number


@dataclass(frozen=True)
class Prepared:
    """A draft with everything that its registration stores."""

    opening: Opening
    query_code: str
    reporter_key: bytes

    @property
    def decision(self) -> Decision:
        """Where the draft goes."""
        return self.opening.decision

    @property
    def book(self) -> Book:
        """The campaign by which it was prepared."""
        return self.opening.book


def prepare(session: Session, draft: Draft) -> Prepared:
    """Everything about a registration that can be done before its turn; reads only.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    query_code = vault_of(session).query_code(draft.submission, draft.content)
    reporter_key = reporter_keys(query_code).public
    opening = opening_of(session, draft, decision_on(session, draft), reporter_key)
    return Prepared(opening, query_code, reporter_key)


def decision_on(session: Session, draft: Draft) -> Decision:
    """Where a draft of today goes.

    Raises:
        NoCampaign: nothing is loaded.
    """
    return route(draft, book(session), clock.today(), at_work(session))


def opening_of(session: Session, draft: Draft, decision: Decision, reporter_key: bytes) -> Opening:
    """What a draft is opened with as a case, sealed for whoever handles it and for the holder of a
    receipt with that public key.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    campaign_book = book(session)
    number = new_number(session, campaign_book)
    handling = first_handling(session, decision, draft.kind, campaign_book)
    return Opening(
        number=number,
        kind=draft.kind,
        channel=draft.channel,
        identity=draft.identity,
        fund_year=draft.fund_year,
        on_behalf=bool(draft.on_behalf_of),
        decision=decision,
        bars=tuple(bars_of(decision, campaign_book)),
        sealed=SealedTexts.of(
            session, number, _texts(draft, decision), handling, reporter_key, draft.files
        ),
        clocks=clocks_at_registration(draft, decision, campaign_book),
        book=campaign_book,
        recorded_by=draft.recorded_by,
        representatives=len(draft.representatives),
        received_on=_received_on(draft),
        address=None if decision.sealed else _address(session, number, draft),
    )


def first_handling(session: Session, decision: Decision, kind: Kind, book: Book) -> Handling:
    """Who handles a case that is about to be opened."""
    return Handling(
        unit=decision.unit,
        decider=recusal.decider(decision.barred, chain_of(book)),
        barred=decision.barred,
        is_tip_off=kind is Kind.TIP_OFF,
        sealed_to=sealed_to(session, book) if decision.sealed else "",
    )


def _address(session: Session, number: str, draft: Draft) -> bytes | None:
    """Where notices go; None where the writer left nothing, or didn't want them."""
    wanted = may_be_texted(draft.kind, draft.channel, ticked=draft.texts_wanted)
    return sealed_address(session, number, draft.contact_phone) if wanted else None


def new_number(session: Session, campaign_book: Book) -> str:
    """A case number: the campaign's prefix and eight digits drawn by chance."""
    return draw_number(session, campaign_book.campaign.case_prefix, 8, Case.number)


def bars_of(decision: Decision, campaign_book: Book) -> Iterator[BarOf]:
    """Whom a case bars for what it says: the accused, everything below them, persons named."""
    by_reporter, decided = decision.accused_by_reporter, decision.decided
    said_by_him = recusal.barred_units(by_reporter, campaign_book.below)
    accused = by_reporter | decision.accused_by_words | decision.emptied
    barred = recusal.barred_units(accused, campaign_book.below)
    for code in sorted(barred | decided):
        source = BarSource.WORDS if code in barred else BarSource.REVIEW
        source = BarSource.REPORTER if code in said_by_him else source
        yield BarOf(source, named=code in accused | decided, unit_code=code)
    people = {
        **dict.fromkeys(decision.people_by_words, BarSource.WORDS),
        **dict.fromkeys(decision.people_by_reporter, BarSource.REPORTER),
    }
    for person, source in sorted(people.items()):
        yield BarOf(source, named=True, staff_id=person)


def _texts(draft: Draft, decision: Decision) -> dict[MessageKind, str]:
    contact = "\n".join(part for part in (draft.contact_name, draft.contact_phone) if part)
    return {
        MessageKind.WORDS: draft.words,
        MessageKind.ACCUSED: draft.accused,
        MessageKind.BENEFICIARY: draft.on_behalf_of,
        MessageKind.CONTACT: contact,
        MessageKind.REPRESENTATIVES: "\n".join(draft.representatives),
        MessageKind.EVIDENCE: "\n".join(decision.evidence),
        MessageKind.BECAUSE: "\n".join(decision.because),
        MessageKind.DECISION: Kept.of(decision, draft.kind).to_text(),
        MessageKind.NOTICE: decision.notice,
        MessageKind.TOLD: decision.told,
    }


def _received_on(draft: Draft) -> date | None:
    """The day on which a draft is received already: a letter when it came, an application that is
    handed in at once (政府信息公开条例 31). Of any other both sides have to confirm it."""
    handed_in = draft.kind is Kind.DISCLOSURE_REQUEST and draft.channel is Channel.VISIT
    return draft.received_on or (clock.today() if handed_in else None)


def clocks_at_registration(
    draft: Draft, decision: Decision, campaign_book: Book
) -> tuple[Running, ...]:
    """The clocks that run once the draft is registered; those of a letter run since it came."""
    received_on = _received_on(draft)
    events = [Happened("registered", received_on or clock.today())]
    if received_on:
        events.append(Happened("received", received_on))
    if not decision.in_triage:
        events.append(Happened("assigned", clock.today()))
    return clocks_of(campaign_book, draft.kind, draft.identity, events)

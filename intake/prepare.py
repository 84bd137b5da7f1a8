"""Prepare a draft for registration: read it, route it, seal it, count its dates.

All of this needs no turn at writing, so that a hundred people who report at once wait for each
other during the few inserts only.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.bar import BarSource
from intake.cases.message import MessageKind
from intake.chain import chain_of
from intake.dates import clocks_of
from intake.decision import Decision, Kept
from intake.draft import Draft
from intake.opening import BarOf, Opening, SealedTexts
from intake.route import route
from intake.rules import recusal
from intake.rules.clocks import Happened, Running
from intake.vault.holders import Handling
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
    campaign_book = book(session)
    decision = route(draft, campaign_book, clock.today(), staff_names(session))
    query_code = vault_of(session).query_code(draft.submission, draft.content)
    reporter_key = reporter_keys(query_code).public
    number = new_number(campaign_book)
    handling = Handling(
        unit=decision.unit,
        decider=recusal.decider(decision.barred, chain_of(campaign_book)),
        barred=decision.barred,
        is_tip_off=draft.kind is Kind.TIP_OFF,
    )
    opening = Opening(
        number=number,
        kind=draft.kind,
        channel=draft.channel,
        identity=draft.identity,
        fund_year=draft.fund_year,
        on_behalf=bool(draft.on_behalf_of),
        decision=decision,
        bars=tuple(_bars(decision, campaign_book)),
        sealed=SealedTexts.of(session, number, _texts(draft, decision), handling, reporter_key),
        clocks=_clocks(draft, decision, campaign_book),
        book=campaign_book,
    )
    return Prepared(opening, query_code, reporter_key)


def new_number(campaign_book: Book) -> str:
    """A case number: the campaign's prefix and eight digits drawn by chance."""
    return f"{campaign_book.campaign.case_prefix}{secrets.randbelow(10**8):08d}"


def staff_names(session: Session) -> dict[str, int]:
    """Everybody who works here, for personal recusal; a single character names nobody."""
    rows = session.connection().execute(_WORKING_HERE)
    return {name: staff_id for name, staff_id in rows if len(name) > 1}


def _bars(decision: Decision, campaign_book: Book) -> Iterator[BarOf]:
    """Whom a case bars from its first moment: the accused, everything below them, persons named."""
    by_reporter = decision.accused_by_reporter
    said_by_him = recusal.barred_units(by_reporter, campaign_book.below)
    named = by_reporter | decision.accused_by_words | decision.decided
    for code in sorted(decision.barred):
        source = BarSource.REPORTER if code in said_by_him else BarSource.WORDS
        yield BarOf(source, named=code in named, unit_code=code)
    for staff_id in sorted(decision.staff_barred):
        yield BarOf(BarSource.REPORTER, named=True, staff_id=staff_id)


def _texts(draft: Draft, decision: Decision) -> dict[MessageKind, str]:
    contact = "\n".join(part for part in (draft.contact_name, draft.contact_phone) if part)
    return {
        MessageKind.WORDS: draft.words,
        MessageKind.ACCUSED: draft.accused,
        MessageKind.BENEFICIARY: draft.on_behalf_of,
        MessageKind.CONTACT: contact,
        MessageKind.EVIDENCE: "\n".join(decision.evidence),
        MessageKind.BECAUSE: "\n".join(decision.because),
        MessageKind.DECISION: Kept.of(decision, draft.kind).to_text(),
        MessageKind.NOTICE: decision.notice,
    }


def _clocks(draft: Draft, decision: Decision, campaign_book: Book) -> tuple[Running, ...]:
    names = ["registered"] if decision.in_triage else ["registered", "assigned"]
    today = [Happened(name, clock.today()) for name in names]
    return clocks_of(campaign_book, draft.kind, draft.identity, today)

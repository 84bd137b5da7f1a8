"""Taking in a mistake on the site: read and sealed before the turn at writing, stored in it, once
for each form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from intake.cases.event import record
from intake.cases.mistake_bar import MistakeBar
from intake.cases.site_mistake import SiteMistake
from intake.chain import chain_of
from intake.mistakes.accusing import read_as_report
from intake.mistakes.mistake_texts import PAGE, WORDS, new_box
from intake.opening import BarOf
from intake.prepare import bars_of
from intake.rules import recusal
from intake.sealing_off import sealed_to
from intake.vault.compartment import Compartment, store_compartments
from intake.vault.query_codes import code_digest, reporter_keys
from intake.vault.vault import vault_of
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.drawn_numbers import draw_number


@dataclass(frozen=True)
class Written:
    """What somebody wrote. `submission` is the form's one-time id; `page` may be empty."""

    words: str
    page: str
    submission: str

    @property
    def said(self) -> str:
        """All that was typed: either field may accuse somebody."""
        return "\n".join(filter(None, (self.words, self.page)))

    @property
    def content(self) -> bytes:
        """Everything but the id: a retry has the same content, an edited one not."""
        return json.dumps([self.words, self.page], ensure_ascii=False).encode()


@dataclass(frozen=True)
class PreparedMistake:
    """A mistake with everything that is stored of it; nothing is yet."""

    mistake: SiteMistake
    bars: tuple[BarOf, ...]
    box: Compartment
    written: Written


def prepare_mistake(session: Session, written: Written) -> PreparedMistake:
    """Read whom somebody's words accuse, and seal them to the office, to the body in its stead, or
    to the sealed class, as a case's are; reads only. The code follows from the form and its
    content, so that a retry after a lost answer shows the same one.

    Raises:
        NoCampaign: nothing is loaded.
        UntrustedKey: a unit's public key was swapped; nothing is sealed to it.
    """
    known = book(session)
    decision = read_as_report(session, written.said)
    query_code = vault_of(session).query_code(_form_of(written), written.content)
    writer = reporter_keys(query_code).public
    # As long as a case's, so that it stands in one line of a receipt.
    mistake = SiteMistake(
        number=draw_number(session, f"{known.campaign.case_prefix}ZC", 6, SiteMistake.number),
        code_digest=code_digest(query_code),
        public_key=writer,
        unit_code=recusal.decider(decision.barred, chain_of(known)),
        sealed=decision.sealed,
    )
    holder = sealed_to(session, known) if mistake.sealed else mistake.unit_code
    box = new_box(session, mistake, holder)
    mistake.sealed_words = box.seal(written.words, WORDS)
    mistake.sealed_page = box.seal(written.page, PAGE) if written.page else None
    return PreparedMistake(mistake, tuple(bars_of(decision, known)), box, written)


def report_mistake(session: Session, prepared: PreparedMistake) -> SiteMistake:
    """Store a mistake; the same form with the same content gives the one that is there.

    Raises:
        IntegrityError: the same form is being taken in beside this one, or a number was drawn
            twice; prepare it anew and try again.
    """
    written = prepared.written
    codes = vault_of(session).query_codes(_form_of(written), written.content).values()
    digests = [code_digest(code) for code in codes]
    wanted = select(SiteMistake).where(SiteMistake.code_digest.in_(digests))
    earlier = session.scalars(wanted).first()
    if earlier is not None:
        return earlier
    if prepared.mistake.code_digest != digests[0]:
        # The intake key was turned since.
        prepared = prepare_mistake(session, written)
    mistake = prepared.mistake
    mistake.reported_at = clock.now()
    session.add(mistake)
    session.flush()
    store_compartments(session.connection(), [prepared.box])
    record(session, "mistake_reported", mistake=mistake.number)
    _bar(session, mistake, prepared.bars)
    return mistake


def code_of(session: Session, mistake: SiteMistake, written: Written) -> str:
    """The query code of a mistake that was stored, for whoever wrote it by this form; empty where
    no key that made it is there any more."""
    found = vault_of(session).code_given(mistake.code_digest, _form_of(written), written.content)
    return found or ""


def _form_of(written: Written) -> str:
    return f"mistake|{written.submission}"


def _bar(session: Session, mistake: SiteMistake, bars: Sequence[BarOf]) -> None:
    """Bar whom it accuses from its first moment."""
    if not bars:
        return
    rows = [(one.unit_code, one.staff_id) for one in bars]
    session.connection().execute(
        # Without asking for the ids: the public process has no right to read this table.
        insert(MistakeBar).inline(),
        [{"mistake_id": mistake.id, "unit_code": unit, "staff_id": who} for unit, who in rows],
    )
    units, people = (sorted(filter(None, column)) for column in zip(*rows, strict=True))
    record(session, "mistake_barred", mistake=mistake.number, units=units, staff=people)

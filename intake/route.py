"""Route a draft (谁主管谁负责, plan 四(二)): who is responsible, who may not know, and why, in
sentences.

The same decision serves the preview (先看一遍) and the registration, so that a citizen is never
shown anything else than what then happens.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intake.at_work import AtWork
from intake.chain import chain_of
from intake.decision import Decision
from intake.draft import Draft
from intake.lexicon import lexicon_of
from intake.matter import Matter, matter_of
from intake.rules import reading, recusal, routing
from intake.rules.reading import Reading
from intake.scope import in_ledger_scope
from intake.sealing_off import belongs_to_class, kept_from
from intake.suspects import Suspects, suspects_of
from intake.why import Grounds, reasons_of
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Responsibility
from portal.campaign.unit import Unit, UnitKind

# Of fifteen problem types one that is as likely as this is nearly always the right one.
_LIKELY_PROBLEM = 0.3


def route(
    draft: Draft,
    book: Book,
    today: date,
    staff: AtWork,
    *,
    barred_before: frozenset[str] = frozenset(),
) -> Decision:
    """Decide who handles a draft. `staff` is for the recusal of persons; `barred_before` are units
    that may not have it whatever it says."""
    grounds = _grounds(draft, book, today, staff)
    suspects = grounds.suspects
    accused = recusal.barred_units(suspects.accused, book.below) | barred_before
    sealed = belongs_to_class(accused, suspects.people, book, staff)
    barred = kept_from(book) if sealed else accused | suspects.decided
    unit = _handler(grounds.natural, barred, suspects, book)
    return replace(_decision(grounds, unit, barred), sealed=sealed)


def _grounds(draft: Draft, book: Book, today: date, staff: AtWork) -> Grounds:
    """What a draft says, and who is responsible for that."""
    said = reading.read(f"{draft.accused}\n{draft.words}", lexicon_of(book))
    matter = matter_of(draft, book, said)
    row = _row(draft, book, matter, today)
    natural = row.unit_code if row else _likely_unit(said, book, matter)
    suspects = suspects_of(draft, book, said, natural, staff)
    return Grounds(draft, book, said, matter, row, natural, suspects)


def _decision(grounds: Grounds, unit: str, barred: frozenset[str]) -> Decision:
    book, matter, row, suspects = grounds.book, grounds.matter, grounds.row, grounds.suspects
    return Decision(
        unit=unit,
        natural=grounds.natural,
        in_triage=_needs_people(grounds) and unit == book.campaign.office_code,
        responsibility_id=row.id if row else None,
        revision=book.revision,
        confidence=matter.confidence,
        accusing=suspects.accusing,
        accused_by_reporter=suspects.by_reporter,
        accused_by_words=suspects.only_by_words,
        decided=suspects.decided,
        emptied=suspects.emptied,
        barred=barred,
        people_by_reporter=suspects.people_by_reporter,
        people_by_words=suspects.people_by_words,
        policy=matter.policy,
        problem=matter.problem,
        place=matter.place,
        suggested_kind=_suggested_kind(grounds.draft, grounds.said, suspects),
        in_ledger_scope=in_ledger_scope(book, matter.policy, grounds.draft.fund_year),
        candidates=matter.candidates,
        **vars(reasons_of(grounds, unit)),
    )


def _handler(natural: str | None, barred: frozenset[str], suspects: Suspects, book: Book) -> str:
    """Who handles it. Whom only the words seem to accuse, the office looks at first: it may well be
    a mere doubt."""
    chain = chain_of(book)
    if suspects.decided:
        return recusal.reviewer(suspects.decided, barred, book.above, chain)
    if natural in suspects.only_by_words or book.campaign.ended_on:
        # After the campaign too: nobody here waits for new cases any more, so the office looks.
        return recusal.decider(barred, chain)
    return recusal.handler(natural, barred, book.above, chain)


def _needs_people(grounds: Grounds) -> bool:
    """Whether somebody has to say who gets it: what comes after the campaign, too."""
    natural = grounds.natural
    doubtful = natural is None or natural in grounds.suspects.only_by_words
    return doubtful or grounds.book.campaign.ended_on is not None


def _row(draft: Draft, book: Book, matter: Matter, today: date) -> Responsibility | None:
    """The row that decides, unless the words leave it too uncertain (R5: never a guess)."""
    certain = book.campaign.routing["certain"]
    return routing.responsible(
        routing.Matter(
            kind=draft.kind,
            policy=matter.policy if matter.confidence >= certain else None,
            problem=matter.problem if matter.problem_confidence >= _LIKELY_PROBLEM else None,
            places=book.places_around(matter.place),
            actor=matter.actor,
        ),
        book.responsibilities_on(today),
    )


def _likely_unit(said: Reading, book: Book, matter: Matter) -> str | None:
    """The unit that a text is for, where no policy decides: the one department that it names, or
    the one that such texts were for."""
    between_several = len(matter.candidates) > 1
    if matter.policy or between_several or not said.ours:
        return None
    named = {code for code in said.units if _serves_people(book.units[code])}
    if len(named) == 1 and not (said.policies or said.hints):
        return next(iter(named))
    likely = said.likely_unit()
    if likely is None or likely[1] < book.campaign.routing["certain"]:
        return None
    found = book.units.get(likely[0])
    return found.code if found and _serves_people(found) else None


def _serves_people(unit: Unit) -> bool:
    return unit.desk and unit.kind in {UnitKind.DEPARTMENT, UnitKind.SECTION}


def _suggested_kind(draft: Draft, said: Reading, suspects: Suspects) -> str | None:
    """What the words look like where the case is of another kind that rights hang on: the office
    may change it, never a machine."""
    chosen = not draft.kind_was_read
    if chosen and draft.kind is Kind.DISCLOSURE_REQUEST and said.kind == Kind.COMPLAINT:
        return Kind.COMPLAINT
    if suspects.by_words and draft.kind in {Kind.COMPLAINT, Kind.CONSULTATION}:
        return Kind.TIP_OFF
    return None

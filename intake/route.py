"""Route a draft (谁主管谁负责, plan 四(二)): who is responsible, who may not know, and why, in
sentences.

The same decision serves the preview (先看一遍) and the registration, so that a citizen is never
shown anything else than what then happens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.draft import Draft
from intake.lexicon import lexicon_of
from intake.matter import Matter, matter_of
from intake.rules import reading, recusal, routing
from intake.rules.reading import Reading
from intake.rules.recusal import Chain
from intake.rules.words import find
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Responsibility


@dataclass(frozen=True)
class Decision:
    """Where a draft goes. `natural` is the responsible unit before recusal; None where no rule
    decides.

    `candidates` are the units that the words speak for, each with how much, the likeliest first;
    `because` is for staff and sealed with the case; `told` is the part that is safe for the
    citizen.
    """

    unit: str
    natural: str | None
    in_triage: bool
    responsibility_id: int | None
    confidence: float
    accused_by_reporter: frozenset[str]
    accused_by_words: frozenset[str]
    barred: frozenset[str]
    staff_barred: frozenset[int]
    policy: str | None
    problem: str | None
    place: str | None
    in_ledger_scope: bool
    candidates: tuple[tuple[str, float], ...]
    because: tuple[str, ...]
    told: str


def route(draft: Draft, book: Book, today: date, staff_names: Mapping[str, int]) -> Decision:
    """Decide who handles a draft. `staff_names` maps display names to staff ids, for personal
    recusal."""
    said = reading.read(f"{draft.accused}\n{draft.words}", lexicon_of(book))
    by_reporter = _accused_by_reporter(draft, book)
    matter = matter_of(draft, book, said, doers=by_reporter | said.subjects)
    row = _row(draft, book, matter, today)
    natural = row.unit_code if row else _named_alone(said, book, matter)
    by_words = _accused_by_words(draft, book, said, natural)
    if draft.keep_from_unit and not by_reporter and natural:
        by_reporter = frozenset({natural})
    by_reporter = by_reporter if draft.accusing else frozenset()
    accused = by_reporter | by_words
    barred = recusal.barred_units(accused, book.below)
    unit = recusal.handler(natural, barred, book.above, _chain(book))
    return Decision(
        unit=unit,
        natural=natural,
        in_triage=natural is None and unit == book.campaign.office_code,
        responsibility_id=row.id if row else None,
        confidence=matter.confidence,
        accused_by_reporter=by_reporter,
        accused_by_words=by_words - by_reporter,
        barred=barred,
        staff_barred=_staff_named(draft, said, staff_names),
        policy=matter.policy,
        problem=matter.problem,
        place=matter.place,
        in_ledger_scope=_in_scope(draft, book, matter.policy),
        candidates=matter.candidates,
        because=(*matter.because, *_why(book, row, barred, unit)),
        told=_told(draft, book, row, matter, unit),
    )


def _accused_by_words(
    draft: Draft, book: Book, said: Reading, natural: str | None
) -> frozenset[str]:
    """Units that the words accuse, the responsible one among them where that can't be told."""
    found = said.accused if draft.accusing else frozenset()
    if natural and natural != book.campaign.office_code and _may_be_accused(draft, said, natural):
        found |= {natural}
    return found


def _may_be_accused(draft: Draft, said: Reading, natural: str) -> bool:
    """Whether the responsible unit may be the very one: in doubt it is, until the office says
    otherwise. Who has decided before doesn't look at it again (信访工作条例 35)."""
    if said.review:
        return True
    if draft.kind_was_read and natural in said.subjects:
        # Nobody was asked whether the unit may see it, and nobody saw who would get it.
        return True
    if not draft.accusing or said.accused:
        return draft.accusing and said.blames_its_policy
    return said.blames_its_policy or natural in said.named or _blames_somebody(draft, said)


def _blames_somebody(draft: Draft, said: Reading) -> bool:
    """Whether a wrong is told of and nobody at all is named who did it."""
    return said.kind == "tip_off" and not (said.desk or said.bank or draft.accused)


def _named_alone(said: Reading, book: Book, matter: Matter) -> str | None:
    """The one department that a text is about, where it names no policy at all."""
    if matter.policy or said.policies or said.hints or said.door or said.elsewhere:
        return None
    named = {
        code
        for code in said.named
        if book.units[code].kind.value in {"department", "section"} and book.units[code].desk
    }
    return next(iter(named)) if len(named) == 1 else None


def _accused_by_reporter(draft: Draft, book: Book) -> frozenset[str]:
    """Units named in the box "涉及谁"; "社区" and "街道" alone mean those of the chosen place."""
    hits = find(draft.accused, lexicon_of(book).units)
    found = frozenset[str]().union(*(hit.codes for hit in hits))
    if draft.accused in book.units:
        found |= {draft.accused}
    around = [book.places[code] for code in book.places_around(draft.place or None)]
    if not found and draft.accused:
        words = {"community": ("社区", "居委会", "村"), "street": ("街道", "街办", "乡", "镇")}
        found |= {
            p.unit_code for p in around if any(w in draft.accused for w in words[p.kind.value])
        }
    return found


def _row(draft: Draft, book: Book, matter: Matter, today: date) -> Responsibility | None:
    """The row that decides, unless the words leave it too uncertain (R5: never a guess)."""
    if matter.confidence < book.campaign.routing["certain"]:
        return None
    return routing.responsible(
        routing.Matter(
            kind=draft.kind,
            policy=matter.policy,
            problem=matter.problem,
            places=book.places_around(matter.place),
            actor=matter.actor,
        ),
        book.responsibilities_on(today),
    )


def _chain(book: Book) -> Chain:
    campaign = book.campaign
    return Chain(campaign.office_code, campaign.discipline_code, campaign.superior_code)


def _staff_named(draft: Draft, said: Reading, staff_names: Mapping[str, int]) -> frozenset[int]:
    """Persons named in the box "涉及谁" and, in an accusation, anywhere in the words."""
    text = draft.accused + (draft.words if draft.accusing else "")
    return frozenset(staff_id for name, staff_id in staff_names.items() if name in text)


def _in_scope(draft: Draft, book: Book, policy: str | None) -> bool:
    """Whether the ledger may take it (plan 三): by the policy's fund and the year, never by a
    keyword."""
    years = book.campaign.scope["fund_years"]
    fund_fits = policy is None or book.policies[policy].in_scope
    return fund_fits and (draft.fund_year is None or draft.fund_year in years)


def _why(
    book: Book, row: Responsibility | None, barred: frozenset[str], unit: str
) -> tuple[str, ...]:
    name = book.units[unit].name
    if row is None:
        return (f"没有规则能确定主管单位，交{name}判断。",)
    decided = f"主管单位是{book.units[row.unit_code].name}（{row.basis}）。"
    if row.unit_code not in barred:
        return (decided,)
    return (decided, f"它被反映或在被反映的单位之下，要回避，改由{name}办理。")


def _told(draft: Draft, book: Book, row: Responsibility | None, matter: Matter, unit: str) -> str:
    """Why the case goes where it goes, for the citizen; a tip-off is told nothing of the kind."""
    if draft.kind is Kind.TIP_OFF:
        return ""
    name = book.units[unit].name
    if row is None:
        return f"您写的内容要由人来看归谁管，先由{name}收下。"
    if row.unit_code != unit:
        return f"为了让您反映的单位看不到，这件由{name}办理。"
    if row.problem_code and not row.policy_code:
        return f"您反映的这类问题，由{name}办理。"
    policy = book.policies[matter.policy].name if matter.policy else "这项补贴"
    return f"因为您反映的是{policy}，由{name}主管。"

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
from intake.rules import reading, recusal, routing
from intake.rules.reading import Reading
from intake.rules.recusal import Chain
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Actor, Responsibility

# Said outright by the writer, named by a word of the text, or pointed at by a unit's name alone.
_CHOSEN, _NAMED, _POINTED = 1.0, 0.8, 0.5


@dataclass(frozen=True)
class Decision:
    """Where a draft goes. `natural` is the responsible unit before recusal; None where no rule
    decides.

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
    because: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class _Matter:
    """What a draft is about, with how sure that is."""

    policy: str | None
    problem: str | None
    place: str | None
    actor: Actor | None
    confidence: float
    because: tuple[str, ...]


def route(draft: Draft, book: Book, today: date, staff_names: Mapping[str, int]) -> Decision:
    """Decide who handles a draft. `staff_names` maps display names to staff ids, for personal
    recusal."""
    said = reading.read(f"{draft.accused}\n{draft.words}", lexicon_of(book))
    by_reporter = _accused_by_reporter(draft, book)
    by_words = said.accused if draft.accusing else frozenset()
    matter = _matter(draft, book, said, doers=by_reporter | said.accused)
    row = _row(draft, book, matter, today)
    natural = row.unit_code if row else None
    if draft.keep_from_unit and not by_reporter and natural:
        by_reporter = frozenset({natural})
    accused = by_reporter | by_words if draft.accusing else frozenset()
    barred = recusal.barred_units(accused, book.below)
    unit = recusal.handler(natural, barred, book.above, _chain(book))
    return Decision(
        unit=unit,
        natural=natural,
        in_triage=natural is None and unit == book.campaign.office_code,
        responsibility_id=row.id if row else None,
        confidence=matter.confidence,
        accused_by_reporter=by_reporter if draft.accusing else frozenset(),
        accused_by_words=by_words - by_reporter,
        barred=barred,
        staff_barred=_staff_named(draft, said, staff_names),
        policy=matter.policy,
        problem=matter.problem,
        place=matter.place,
        in_ledger_scope=_in_scope(draft, book, matter.policy),
        because=(*matter.because, *_why(book, row, barred, unit)),
        told=_told(draft, book, row, matter, unit),
    )


def _accused_by_reporter(draft: Draft, book: Book) -> frozenset[str]:
    """Units named in the box "涉及谁"; "社区" and "街道" alone mean those of the chosen place."""
    hits = reading.find(draft.accused, lexicon_of(book).units)
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


def _matter(draft: Draft, book: Book, said: Reading, *, doers: frozenset[str]) -> _Matter:
    policy, confidence, because = _policy(draft, book, said)
    problem = draft.problem or reading.most_named(said.problems)
    if draft.problem:
        because += (f"来件人选的问题是 {draft.problem}。",)
    elif problem:
        words = "、".join(dict.fromkeys(f"“{hit.word}”" for hit in said.problems))
        because += (f"文中写到{words}，像是问题 {problem}。",)
    return _Matter(
        policy=policy,
        problem=problem,
        place=draft.place or reading.agreed(said.places),
        actor=_actor(said, doers),
        confidence=max(confidence, _CHOSEN if draft.problem else 0.0),
        because=because,
    )


def _policy(draft: Draft, book: Book, said: Reading) -> tuple[str | None, float, tuple[str, ...]]:
    if draft.policy:
        return draft.policy, _CHOSEN, (f"来件人选的补贴是“{book.policies[draft.policy].name}”。",)
    named = reading.most_named(said.policies)
    units = {book.policies[code].unit_code for hit in said.policies for code in hit.codes}
    words = "、".join(dict.fromkeys(f"“{hit.word}”" for hit in said.policies))
    if named and len(units) == 1:
        return named, _NAMED, (f"文中写到{words}，是“{book.policies[named].name}”。",)
    if len(units) == 1:
        # Several policies of one unit: whichever is meant, the unit is the same.
        any_one = min(code for hit in said.policies for code in hit.codes)
        return any_one, _NAMED, (f"文中写到{words}，都归同一个单位。",)
    if words:
        return None, 0.0, (f"文中写到{words}，归不同的单位，要由人来定。",)
    return None, _POINTED if said.units else 0.0, ("没有选补贴，文中也没有补贴的名称。",)


def _row(draft: Draft, book: Book, matter: _Matter, today: date) -> Responsibility | None:
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


def _actor(said: Reading, doers: frozenset[str]) -> Actor | None:
    """Who did it: a unit that is named as doing it, in whatever kind of case, or else a bank."""
    if doers:
        return Actor.UNIT
    return Actor.BANK if said.bank else None


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


def _told(draft: Draft, book: Book, row: Responsibility | None, matter: _Matter, unit: str) -> str:
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

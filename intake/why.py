"""Why a case goes where it goes: for the officers who have it, for whoever decides about it, and
for its writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.draft import Draft
from intake.matter import Matter
from intake.rules.reading import Reading
from intake.suspects import Suspects
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Responsibility

# Below this a unit is held back by a doubt alone, and no words can be shown for it.
_RATHER_THAN_NOT = 0.5


@dataclass(frozen=True)
class Grounds:
    """Everything that a decision rests on. `natural` is the responsible unit, `row` the one that
    says so."""

    draft: Draft
    book: Book
    said: Reading
    matter: Matter
    row: Responsibility | None
    natural: str | None
    suspects: Suspects

    def name(self, code: str) -> str:
        """A unit's name."""
        return self.book.units[code].name

    def names(self, codes: frozenset[str]) -> str:
        """Some units' names."""
        return "、".join(self.name(code) for code in sorted(codes))


@dataclass(frozen=True)
class Reasons:
    """The sentences of a decision, as `Decision` explains them."""

    because: tuple[str, ...]
    evidence: tuple[str, ...]
    recused: tuple[str, ...]
    told: str
    notice: str


def reasons_of(grounds: Grounds, unit: str) -> Reasons:
    """All sentences of a decision by which `unit` has the case."""
    return Reasons(
        because=(*grounds.matter.because, _responsible(grounds, unit)),
        evidence=grounds.matter.evidence,
        recused=tuple(_recused(grounds, unit)),
        told=_told(grounds, unit),
        notice=_notice(grounds),
    )


def _responsible(grounds: Grounds, unit: str) -> str:
    if grounds.row is not None:
        return f"主管单位是{grounds.name(grounds.row.unit_code)}（{grounds.row.basis}）。"
    if grounds.natural is not None:
        return f"没有认出是哪项补贴，这样的来件多半归{grounds.name(grounds.natural)}。"
    return f"没有规则能确定主管单位，交{grounds.name(unit)}判断。"


def _recused(grounds: Grounds, unit: str) -> Iterator[str]:
    suspects, natural = grounds.suspects, grounds.natural
    if suspects.by_reporter:
        yield f"来件人写明反映的是{grounds.names(suspects.by_reporter)}。"
    for code in sorted(suspects.only_by_words):
        yield _suspected(grounds, code)
    for code in sorted(suspects.emptied):
        yield f"{grounds.name(code)}在这里的人都被点了名，这个单位也回避。"
    if suspects.decided:
        yield f"来件人要求复查，答复过的{grounds.names(suspects.decided)}不再经手。"
    if natural is not None and natural != unit and not grounds.book.campaign.ended_on:
        yield f"{grounds.name(natural)}要回避，改由{grounds.name(unit)}办理。"


def _suspected(grounds: Grounds, code: str) -> str:
    """Why a unit was taken for accused that nobody named as such."""
    name, responsible = grounds.name(code), code == grounds.natural
    if grounds.said.suspicion(code, responsible=responsible) < _RATHER_THAN_NOT:
        return f"说不准反映的是不是{name}，先让它回避，等办公室看过再定。"
    quotes = grounds.said.words_against(code, responsible=responsible)
    where = f"文中{'、'.join(f'“{one}”' for one in quotes)}" if quotes else "从全文看，"
    return f"{where}像是在反映{name}，先让它回避。"


def _notice(grounds: Grounds) -> str:
    """What the law wants said: a grievance that is put as a request for information is no such
    request (政府信息公开条例 39)."""
    if not (grounds.draft.kind_was_read and grounds.said.dressed):
        return ""
    return (
        "您写的是要信息公开，讲的是自己的事，所以按投诉办，不按信息公开申请办"
        "（《政府信息公开条例》第三十九条）。如果要的是文件，请另外写一件，写明要哪一份。"
    )


def _told(grounds: Grounds, unit: str) -> str:
    """Why the case goes where it goes, for the citizen; a tip-off is told nothing of the kind."""
    if grounds.draft.kind is Kind.TIP_OFF:
        return ""
    name, row, policy = grounds.name(unit), grounds.row, grounds.matter.policy
    if grounds.suspects.decided:
        return f"您要求再看一遍，不交给原来答复的单位，由{name}办理。"
    if grounds.book.campaign.ended_on:
        return f"专项治理结束了，您写的照样登记，先由{name}收下，看过再转给管的单位。"
    if grounds.natural is None or grounds.natural in grounds.suspects.only_by_words:
        return f"您写的内容要由人来看归谁管，先由{name}收下。"
    if grounds.natural != unit:
        return f"为了让您反映的单位看不到，这件由{name}办理。"
    if row is None or (row.problem_code and not row.policy_code):
        return f"您反映的这类问题，由{name}办理。"
    subject = grounds.book.policies[policy].name if policy else "这项补贴"
    return f"因为您反映的是{subject}，由{name}主管。"

"""What may be done with two cases, as their page offers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from admin.duplicates import linking, merging, repeats, standing
from admin.duplicates.pages import forms
from admin.duplicates.pair import Pair
from admin.duplicates.standing import Why
from intake.cases.case_link import Relation

_Run = Callable[[Session, Pair, Any], None]
_Against = Callable[[Session, Pair], Why | None]


@dataclass(frozen=True)
class Act:
    """One act. `effect` is what it does and who will see it."""

    slug: str
    heading: str
    verb: str
    done: str
    effect: str
    against: _Against
    run: _Run
    form: type[forms.PairForm] = forms.PairForm
    warns: bool = False


def _against_merging(session: Session, pair: Pair) -> Why | None:
    """What stands against merging either into the other; None where one way is open."""
    ways = [standing.against_merging(session, pair, lead) for lead in pair.both]
    return None if None in ways else ways[0]


def _merge(session: Session, pair: Pair, form: Any) -> None:
    lead = next(case for case in pair.both if case.number == form.lead.data)
    how = Relation(form.how.data)
    merging.merge(session, pair, lead, how, reason=form.words.data)


ACTS = {
    act.slug: act
    for act in (
        Act(
            "merge",
            "并案，一起办",
            "并案",
            "已并案",
            "另一件并到主件里：它离开待办，主件答复的时候，同一个答复发给两位来件人，主件办结它也办结。"
            "两位来件人互相看不到对方写的，也不知道对方的编号。期限按先到期的算。"
            "一件要回避的单位和人员，两件都要回避；以后分开，并案以前和期间定的回避也不解除。"
            "来件人再补充，他的件就自动分出来，回到原来的地方。",
            _against_merging,
            _merge,
            forms.MergeForm,
            warns=True,
        ),
        Act(
            "part",
            "分出来，单独办",
            "分出来",
            "已分出来",
            "并进去的一件回到并案以前的状态，期限从头算起，和没有并过一样。来件人会看到又单独办了。",
            standing.against_parting,
            lambda session, pair, form: merging.take_out(session, pair, reason=form.words.data),
            warns=True,
        ),
        Act(
            "cite",
            "引用原答复",
            "拟好答复，送审核",
            "答复已送审核",
            "用以前的答复拟这一件的答复，写上那天的日期，照样送审核；审签发出以前，来件人看不到。"
            "来件人有新的情况，就不能引用。",
            repeats.against_citing,
            lambda session, pair, form: repeats.cite(
                session, pair, nothing_new=form.nothing_new.data, reason=form.words.data
            ),
            forms.CiteForm,
        ),
        Act(
            "link",
            "关联",
            "关联",
            "已关联",
            "只是写明两件有关系，各办各的，来件人不知道。看得到两件的人，在每一件里能看到另一件。"
            "关联成重复件的，后来的一件在待办里标“重复”，可以引用原来的答复。",
            standing.against_linking,
            lambda session, pair, form: linking.link(
                session, pair, Relation(form.how.data), reason=form.words.data
            ),
            forms.LinkForm,
        ),
        Act(
            "unlink",
            "解除关联",
            "解除关联",
            "已解除关联",
            "两件不再互相写着。已经发出的答复不变。",
            standing.against_unlinking,
            lambda session, pair, form: linking.unlink(session, pair, reason=form.words.data),
        ),
    )
}


def against_each(session: Session, pair: Pair) -> dict[str, Why | None]:
    """What stands against each act with two cases now; None where it is allowed."""
    return {slug: act.against(session, pair) for slug, act in ACTS.items()}

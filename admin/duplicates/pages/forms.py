"""What is typed about two cases. Every form carries the version of each that its writer saw."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired

from admin.desk.pages.forms import ActForm, text
from admin.duplicates.pair import Pair
from admin.duplicates.standing import relations
from intake.cases.case_link import Relation

_MEANINGS = {
    Relation.SAME_PERSON: "同一个人反映同一件事",
    Relation.SAME_MATTER: "不同的人反映同一件事",
    Relation.JOINT: "联名信访：几个人一起提的同一件事",
}
_LINKS = {
    Relation.REPEAT: "重复件：同一个人、同一件事，以前那件已经答复办结",
    Relation.SAME_PERSON: "同一个人，不同的事",
    Relation.SAME_MATTER: "不同的人，同一件事",
}


class PairForm(ActForm):
    """Something done to two cases, with its reason."""

    other_version = HiddenField()
    words = text("理由", "请写理由")

    @property
    def seen_of_other(self) -> int:
        """The version of the second case that the writer saw; 0 where none was sent."""
        sent = self.other_version.data or ""
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0

    def put(self, pair: Pair) -> None:
        """Fill in what the two cases have to choose from."""


class LinkForm(PairForm):
    """Linking: how the two belong together."""

    how = RadioField("它们是什么关系", [DataRequired("请选关系")])

    def put(self, pair: Pair) -> None:
        """The relations that two such cases can have."""
        self.how.choices = [
            SelectChoice(one.value, _LINKS[one]) for one in relations(pair, merging=False)
        ]


class MergeForm(PairForm):
    """Merging: which case is answered for both, and how they belong together."""

    lead = RadioField("哪一件做主件", [DataRequired("请选主件")])
    how = RadioField("为什么并", [DataRequired("请选为什么并")])

    def put(self, pair: Pair) -> None:
        """Both cases, and the relations that two such can have."""
        self.lead.choices = [
            SelectChoice(
                case.number,
                f"{case.number}（{case.registered_on.month}月{case.registered_on.day}日收到）",
            )
            for case in pair.both
        ]
        self.how.choices = [
            SelectChoice(one.value, _MEANINGS[one]) for one in relations(pair, merging=True)
        ]


class CiteForm(PairForm):
    """Answering a repeat as before: that nothing is new, and how that is known."""

    nothing_new = BooleanField(
        "两边写的都对过了，没有新的事实、新的理由、新的要求",
        [DataRequired("有新的情况，就不能引用，要另外查、另外答复。没有，请勾上")],
    )

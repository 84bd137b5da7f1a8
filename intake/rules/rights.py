"""What a person may ask about his own information (个人信息保护法 chapter 4), how he can be known,
how it ends, and what the law lets the office refuse. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What is asked for."""

    ACCESS = "access"
    CORRECTION = "correction"
    DELETION = "deletion"
    EXPLANATION = "explanation"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    RESTRICTION = "restriction"
    TRANSFER = "transfer"

    @property
    def official(self) -> str:
        """The word at the desk."""
        return _RIGHTS[self].official

    @property
    def plain(self) -> str:
        """The same as a citizen says it."""
        return _RIGHTS[self].plain

    @property
    def clause(self) -> str:
        """Where it is given."""
        return _clause(_RIGHTS[self].clause)


class Asker(StrEnum):
    """In whose matter somebody asks."""

    HIMSELF = "himself"
    GUARDIAN = "guardian"
    RELATIVE = "relative"

    @property
    def official(self) -> str:
        """The word at the desk."""
        return {
            Asker.HIMSELF: "本人",
            Asker.GUARDIAN: "监护人或者受托人",
            Asker.RELATIVE: "去世的人的近亲属",
        }[self]

    @property
    def plain(self) -> str:
        """The same as a citizen says it."""
        return {
            Asker.HIMSELF: "我自己的",
            Asker.GUARDIAN: "我替孩子、老人或者别人来问",
            Asker.RELATIVE: "去世的亲人的",
        }[self]


class Proof(StrEnum):
    """How it was made sure who asks. Nothing of a paper is kept but that it was seen."""

    CODE = "code"
    SEEN = "seen"
    CALLED = "called"
    PAPERS = "papers"

    @property
    def official(self) -> str:
        """The word at the desk."""
        return {
            Proof.CODE: "凭查询码",
            Proof.SEEN: "当面看了身份证件",
            Proof.CALLED: "打电话核对了",
            Proof.PAPERS: "当面看了证件，和委托书、监护或者亲属关系证明",
        }[self]


# By what a member of staff can make sure; the code proves itself.
BY_STAFF = (Proof.SEEN, Proof.PAPERS, Proof.CALLED)


class RightsOutcome(StrEnum):
    """How a request ended."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    # Nobody here may read it: it goes on as a case, or in the case that it is about.
    REGISTERED = "registered"

    @property
    def official(self) -> str:
        """The word at the desk."""
        return {
            RightsOutcome.GRANTED: "同意",
            RightsOutcome.PARTLY: "同意一部分",
            RightsOutcome.REFUSED: "不同意",
            RightsOutcome.REGISTERED: "转到件里办",
        }[self]

    @property
    def plain(self) -> str:
        """The sentence that whoever asked reads."""
        return {
            RightsOutcome.GRANTED: "同意了。",
            RightsOutcome.PARTLY: "同意了一部分。没同意的，为什么，写在下面。",
            RightsOutcome.REFUSED: "没有同意。为什么，写在下面。",
            RightsOutcome.REGISTERED: "转到件里一起办了，用查询码看。",
        }[self]

    @property
    def refuses(self) -> bool:
        """Whether something is refused: it takes a ground and a second person."""
        return self in {RightsOutcome.PARTLY, RightsOutcome.REFUSED}


# By a text; the fourth is the worker's.
DECIDED = (RightsOutcome.GRANTED, RightsOutcome.PARTLY, RightsOutcome.REFUSED)


class Ground(StrEnum):
    """Why something is refused (50: 拒绝的，应当说明理由)."""

    DUTY = "duty"
    STILL_KEPT = "still_kept"
    SECRET = "secret"  # noqa: S105  # A ground, not a password.
    HINDERS = "hinders"
    OF_OTHERS = "of_others"
    CORRECT_ALREADY = "correct_already"
    NOT_BY_CONSENT = "not_by_consent"
    NO_TRANSFER = "no_transfer"
    NOT_HELD = "not_held"
    NOT_PROVED = "not_proved"
    NOT_RELATED = "not_related"

    @property
    def plain(self) -> str:
        """The reason, as whoever asked reads it."""
        return _GROUNDS[self].plain

    @property
    def clause(self) -> str:
        """Where the law says so."""
        return _clause(_GROUNDS[self].clause)

    def fits(self, right: Right, asker: Asker) -> bool:
        """Whether the law lets this right be refused for it."""
        return right in _GROUNDS[self].rights and (
            asker is Asker.RELATIVE or self is not Ground.NOT_RELATED
        )


def grounds_for(right: Right, asker: Asker) -> list[Ground]:
    """For what this right may be refused."""
    return [one for one in Ground if one.fits(right, asker)]


@dataclass(frozen=True)
class _RightWords:
    official: str
    plain: str
    clause: str


@dataclass(frozen=True)
class _GroundWords:
    plain: str
    clause: str
    rights: frozenset[Right]


def _clause(article: str) -> str:
    return f"《个人信息保护法》{article}"


_RIGHTS = {
    Right.ACCESS: _RightWords("查阅、复制", "看一看、要一份", "第四十五条第一款"),
    Right.CORRECTION: _RightWords("更正、补充", "写错了、不全，改过来", "第四十六条"),
    Right.DELETION: _RightWords("删除", "删掉", "第四十七条"),
    Right.EXPLANATION: _RightWords("解释说明", "讲一讲怎么用的", "第四十八条"),
    Right.CONSENT_WITHDRAWN: _RightWords("撤回同意", "以前同意过，现在不同意", "第十五条"),
    Right.RESTRICTION: _RightWords("限制或者拒绝处理", "少用一点、不要用", "第四十四条"),
    Right.TRANSFER: _RightWords("转移", "转给我指定的单位", "第四十五条第三款"),
}
_TOLD = frozenset({Right.ACCESS, Right.TRANSFER, Right.EXPLANATION})
_STOPPED = frozenset({Right.DELETION, Right.CONSENT_WITHDRAWN, Right.RESTRICTION})
_EVERY = frozenset(Right)
_GROUNDS = {
    Ground.DUTY: _GroundWords(
        "办这件事是法定职责，一定要用到这些信息", "第十三条第一款第三项、第三十四条", _STOPPED
    ),
    Ground.STILL_KEPT: _GroundWords(
        "法律、行政法规规定的保存期限还没有满；除了存着、保护好，不再作别的用",
        "第四十七条第二款",
        frozenset({Right.DELETION}),
    ),
    Ground.SECRET: _GroundWords(
        "法律、行政法规规定要保密", "第十八条第一款、第四十五条第一款", _TOLD
    ),
    Ground.HINDERS: _GroundWords(
        "告诉了会妨碍国家机关履行法定职责", "第三十五条、第四十五条第一款", _TOLD
    ),
    Ground.OF_OTHERS: _GroundWords("里面有别人的信息，给了就是泄露", "第十条", _TOLD),
    Ground.CORRECT_ALREADY: _GroundWords(
        "查过了，没有写错，也不缺", "第四十六条第二款", frozenset({Right.CORRECTION})
    ),
    Ground.NOT_BY_CONSENT: _GroundWords(
        "用这些信息，依法不需要您同意", "第十三条第二款", frozenset({Right.CONSENT_WITHDRAWN})
    ),
    Ground.NO_TRANSFER: _GroundWords(
        "不符合国家网信部门规定的转移条件", "第四十五条第三款", frozenset({Right.TRANSFER})
    ),
    Ground.NOT_HELD: _GroundWords("我们这里没有您说的信息", "第四条、第四十四条", _EVERY),
    Ground.NOT_PROVED: _GroundWords(
        "弄不清是不是您本人，或者您能不能替他来问", "第五十一条", _EVERY
    ),
    Ground.NOT_RELATED: _GroundWords("不是近亲属，或者去世的人生前另有安排", "第四十九条", _EVERY),
}

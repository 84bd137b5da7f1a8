"""The blueprint that these pages hang on, who may open them, and the acts' refusals in words."""

from __future__ import annotations

from flask import Response, current_app, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.accounts.reader import Reader
from admin.assessments.opening import LEAST_OF_STREET
from admin.assessments.refusals import (
    NoListYet,
    NothingAnswered,
    TooFewHouseholds,
    WrongMark,
    WrongNumber,
)
from admin.assessments.sight import NoSuchAssessment
from admin.ledger.refusals import NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.rounds.refusals import OwnUnit, WrongDays
from admin.spot_checks.assigning import NotIndependent
from admin.spot_checks.freezing import NotForThePublic
from portal.campaign.book import Book
from portal.foundation.errors import error_page
from portal.foundation.links import Links
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
ASKING_ROLES = (Role.OFFICER, Role.HEAD, *OFFICE_ROLES)
AUDITING_ROLES = (Role.AUDITOR, Role.DISCIPLINE)
FIGURE_ROLES = (*OFFICE_ROLES, *AUDITING_ROLES)
EVERYBODY = (*ASKING_ROLES, *AUDITING_ROLES)
Answer = str | tuple[str, int] | AnyResponse

blueprint = room("assessments", __name__)

# What an act refuses for the state that things are in, not for what was typed.
CONFLICTS: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，有同事先办了一步。还没有办，您填的都在，看清楚再按一次。",
    StepNotAllowed: "现在不能这样办了。回到上一页，看现在到了哪一步。",
}
TYPED: dict[type[Exception], str] = {
    NeedsText: "请写题目",
    WrongDays: "结束的那天不能早于开始的那天",
    OwnUnit: "选的街道或者单位里，有您任职的，或者它的上级、下级，请别的同事来定",
    NotForThePublic: "受访的人会看到这些问题，里面像是有电话、门牌或者证件号，请改掉",
    TooFewHouseholds: f"抽的户太少了，每个街道至少{LEAST_OF_STREET}户",
    WrongNumber: "这个数不行：太少了，或者没有这么多",
    WrongMark: "名单指纹是64位数字和字母；纸质名单写封存编号。两样只写一样",
    NoListYet: "还有街道没有报名单行数，报齐了才能抽",
    NothingAnswered: "选了“答了”，至少要有一个问题的答案",
}
REFUSALS: tuple[type[Exception], ...] = (*CONFLICTS, *TYPED, NotIndependent)


def words_of(refusal: Exception, book: Book) -> str:
    """A refusal in words."""
    if isinstance(refusal, NotIndependent):
        unit = book.units[refusal.unit].name
        return f"{refusal.person}不能访{unit}的户：是被评估的单位，或者它的上级、下级的人"
    return {**CONFLICTS, **TYPED}[type(refusal)]


def status_of(refusal: Exception) -> int:
    """The status of the page that gives a form back."""
    return 409 if type(refusal) in CONFLICTS else 422


def links() -> Links:
    """Every address."""
    found: Links = current_app.extensions["links"]
    return found


def go_to(address: str, done: str) -> AnyResponse:
    """Lead to a page that says what was done."""
    return redirect(f"{address}?done={done}", 303)


def reader_of_figures(session: Session) -> Reader:
    """Whoever may read figures at all: the office of this campaign, or somebody who audits.

    Raises:
        NoSuchAssessment: he is neither.
    """
    reader = Reader.of(session)
    if not reader.access.as_office and not any(map(signed_in().holds, AUDITING_ROLES)):
        raise NoSuchAssessment
    return reader


@blueprint.errorhandler(NoSuchAssessment)
def not_there(_error: NoSuchAssessment) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)

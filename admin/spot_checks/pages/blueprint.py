"""The blueprint that these pages hang on, who may open them, and the acts' refusals in words."""

from __future__ import annotations

from flask import Response, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from admin.accounts.frame import room
from admin.accounts.hand import Hand
from admin.accounts.reader import Reader
from admin.ledger.refusals import (
    DayNotCome,
    DayPassed,
    NeedsSecondPerson,
    NeedsText,
    NotYourPlace,
    SomebodyWasFaster,
    StepNotAllowed,
    UnitHasNoDesk,
)
from admin.spot_checks.assigning import NothingToCheck, NotIndependent, TooFewPeople
from admin.spot_checks.checking import WrongCounts
from admin.spot_checks.freezing import NotForThePublic, WrongNumber, WrongWeight
from admin.spot_checks.giving_up import NeedsAnother
from admin.spot_checks.preparing import NotInTheFrame
from admin.spot_checks.revealing import NotWhatWasPromised
from admin.spot_checks.sight import NoSuchCheck
from portal.campaign.book import Book
from portal.foundation.errors import error_page
from portal.foundation.links import Links

Answer = str | tuple[str, int] | Redirect
blueprint = room("spot_checks", __name__)

# What an act refuses for the state that things are in, not for what was typed.
CONFLICTS: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，有同事先办了一步。还没有办，您写的都在，看清楚再按一次。",
    StepNotAllowed: "现在不能这样办了。回到上一页，看现在到了哪一步。",
    NeedsSecondPerson: "名册是您冻结的，要由办公室另一位同事来公开种子。",
    NeedsAnother: "作废是您提的，要由办公室另一位同事同意。",
    NotWhatWasPromised: "种子或者名册和公布的承诺对不上，有人动过。不要抽，马上告诉系统管理员。",
}
TYPED: dict[type[Exception], str] = {
    NeedsText: "内容是空的，请写几句",
    NotInTheFrame: "这个单位不在抽查的名册里",
    WrongNumber: "抽的数不对：不能比方案的比例少，也不能比单位多",
    WrongWeight: "权重要写1到100的整数",
    DayPassed: "要用明天或者以后的号码，今天的可能已经有人知道了",
    DayNotCome: "这一天还没有到",
    NotForThePublic: "公众会看到这几句，里面像是有姓名、号码、门牌，或者照抄了内部材料，请改掉",
    TooFewPeople: "一组至少两个人",
    NothingToCheck: "请选这一组查哪些单位",
    WrongCounts: "入户数要大于零，属实的加不符的不能比入户的多",
    NotYourPlace: "只能写这个单位和它下面的",
    UnitHasNoDesk: "这个单位没有人在这里办公",
}
REFUSALS: tuple[type[Exception], ...] = (*CONFLICTS, *TYPED, NotIndependent)


def words_of(refusal: Exception, book: Book) -> str:
    """A refusal in words."""
    if isinstance(refusal, NotIndependent):
        unit = book.units[refusal.unit].name
        return f"{refusal.person}不能查{unit}：是自己的单位，或者是上下级"
    return {**CONFLICTS, **TYPED}[type(refusal)]


def hand_of(session: Session, version: int = 0) -> Hand:
    """Whoever is signed in, on the version that he saw."""
    reader = Reader.of(session)
    return Hand(reader.access, reader.book, version)


def links() -> Links:
    """Every address."""
    found: Links = current_app.extensions["links"]
    return found


@blueprint.errorhandler(NoSuchCheck)
def not_there(_error: NoSuchCheck) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)

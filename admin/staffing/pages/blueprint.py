"""The blueprint that these pages hang on, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import current_app, redirect
from werkzeug.wrappers import Response

from admin.accounts.add_staff import UnknownUnit, WrongPlace
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.desk.pages import done
from admin.staffing import refusals
from portal.foundation.links import Links
from portal.foundation.staff import Role

blueprint = room("staffing", __name__)
# Who takes power away, and who is told what was given.
OVERSEEING = (Role.SYSTEM_ADMIN, Role.OFFICE_HEAD)
# Whoever may be the second person.
DECIDING = (*OVERSEEING, Role.DISCIPLINE)
Answer = str | tuple[str, int] | Response

WHY: dict[type[Exception], str] = {
    refusals.ForHimself: "给自己加岗位、换登录，自己不能提出，也不能同意，请另一位来办。",
    refusals.NeedsAnother: "提出的人不能自己同意，请另一位来定。",
    refusals.NameTaken: "这个登录名有人在用，请换一个，或者给他加岗位。",
    refusals.NoName: "请填写登录名。",
    refusals.HoldsItAlready: "他已经有这个岗位了。",
    refusals.NotNow: "这件已经定了、撤了、取过了，或者过了时间。要的话请重新提出。",
    refusals.NoSuchPerson: "没有这个人，或者他已经离岗。请回到名单看一看。",
    refusals.OfDiscipline: (
        "他是纪检监察的人，收回岗位、办离岗，请纪检监察的同志来办。您可以先让他在各处退出登录。"
    ),
    UnknownUnit: "没有这个单位，请重新选。",
    WrongPlace: (
        "摸排员只能在街道或者社区，办公室的岗位只能在办公室，纪检监察只能在纪检监察机关。请换一个单位。"
    ),
}
REFUSALS = tuple(WHY)


def go_to(address: str, sentences: Sequence[str]) -> Response:
    """To another page, which says what was done."""
    said = urlencode({done.FIELD: done.pack(signed_in().id, sentences)})
    return redirect(f"{address}?{said}", 303)


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found

"""The blueprint that these pages hang on, the referral that a request is about, and how an act on
it is done and refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.frame import room
from admin.desk.hand import Hand, NeedsSecondPerson, SomebodyWasFaster, UnitIsBarred
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from admin.hand_over.locking import SamePerson
from admin.referrals.referral_file import ReferralFile, open_referral
from admin.referrals.sight import NoSuchReferral, find_referral, is_concerned
from intake.cases.case import Case
from intake.cases.referral import Referral
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import reading, writing
from portal.foundation.links import Links

blueprint = room("referrals", __name__)
Answer = str | tuple[str, int] | Response
OnReferral = Callable[[Session, Case, Referral, Hand], Any]
REFUSALS = (SomebodyWasFaster, MoveNotAllowed, NeedsSecondPerson, UnitIsBarred, SamePerson)


@dataclass(frozen=True)
class Paper:
    """A referral before somebody at a desk."""

    desk: Desk
    file: ReferralFile

    @classmethod
    def read(cls, key: str) -> Paper:
        """The referral of that key; for whoever may not see it there is none."""
        with reading() as session:
            desk = desk_of(session)
            try:
                return cls(desk, open_referral(session, desk.access, desk.book, key))
            except NoSuchReferral:
                abort(404)

    def do(self, act: OnReferral, seen: int) -> Any:
        """Do an act on it as it is stored now; what the act gives.

        Raises:
            SomebodyWasFaster, MoveNotAllowed and other refusals: what the act refuses.
        """
        desk = self.desk
        try:
            with writing() as session:
                referral, case = find_referral(
                    session, desk.access, desk.book, self.file.referral.key, to_change=True
                )
                return act(session, case, referral, Hand(desk.access, desk.book, seen))
        except NoSuchReferral:
            abort(404)


def desk_of(session: Session) -> Desk:
    """The desk of this request; for whom referrals are nothing, these pages aren't there."""
    desk = Desk.of(session)
    return desk if is_concerned(desk.access, desk.book) else abort(404)


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def go_to(address: str, desk: Desk, sentence: str) -> Response:
    """Lead to a page that says what was done."""
    said = urlencode({done.FIELD: done.pack(desk.access.staff_id, [sentence])})
    return redirect(f"{address}?{said}", 303)


def why_refused(refusal: Exception) -> str:
    """Why an act wasn't done, for whoever tried it."""
    words = {
        SomebodyWasFaster: "您打开这一页以后，有同事先办了一步。",
        NeedsSecondPerson: "要由另一个人来办：提出的人不能自己决定，记结果的人不能自己告知。",
        UnitIsBarred: "这个机关刚刚被标为被反映的单位，要回避。请选别的机关。",
        SamePerson: "文件是您取的，口令要由另一个人取。请同事打开这一页。",
    }
    return words.get(type(refusal), "现在不能这样办了。")

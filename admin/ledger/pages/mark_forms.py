"""What the office types about a problem for itself alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from admin.accounts.figures import Day, Whole
from admin.accounts.hand import Hand
from admin.ledger.pages.forms import StepForm
from admin.ledger.problem import Problem
from admin.ledger.referring import REFERRED_TO, Referred, heard_of, referral_of
from portal.campaign.book import Book


def _people(label: str) -> Any:
    return Whole(label, [Optional(), NumberRange(0, 10_000, "人数不能是负数，也不能这么大")])


class ReferralForm(StepForm):
    """To whom a problem was referred, and what came of it: numbers, no names."""

    body = SelectField("移送给哪个机关", [DataRequired("请选移送给谁")])
    referred_on = Day("哪一天移送的", [InputRequired("请写移送的日子")])
    organisational = _people("组织处理几人")
    disciplinary = _people("党纪政务处分几人")
    judicial = _people("移送司法处理几人")
    concluded_on = Day("哪一天办结的", [Optional()])
    heard = TextAreaField("后续进展", [Length(max=5_000, message="太长了，最多五千字")])

    @classmethod
    def about(cls, session: Session, problem: Problem, by: Hand) -> ReferralForm:
        """The form as it stands now."""
        mark = referral_of(session, problem)
        data: dict[str, object] = {"version": "0"}
        if mark is not None:
            data = {
                "version": str(mark.version),
                "body": mark.body_code,
                "referred_on": mark.referred_on,
                "organisational": mark.organisational,
                "disciplinary": mark.disciplinary,
                "judicial": mark.judicial,
                "concluded_on": mark.concluded_on,
                "heard": heard_of(session, problem, by),
            }
        form = cls(formdata=None, data=data)
        form.offer(by.book)
        return form

    def offer(self, book: Book) -> None:
        """Fill the list with the bodies that take referrals."""
        bodies = [one for one in book.units.values() if one.kind in REFERRED_TO]
        self.body.choices = [("", "请选"), *((one.code, one.name) for one in bodies)]

    @property
    def referred(self) -> Referred:
        """What was typed; asked for only when the form is valid."""
        assert self.referred_on.data is not None  # noqa: S101  # The form asks for it.
        return Referred(
            body=self.body.data,
            referred_on=self.referred_on.data,
            organisational=self.organisational.data or 0,
            disciplinary=self.disciplinary.data or 0,
            judicial=self.judicial.data or 0,
            concluded_on=self.concluded_on.data,
            heard=self.heard.data or "",
        )


class JoinForm(StepForm):
    """Which further case feeds a problem."""

    case_number = StringField(
        "来件编号", [DataRequired("请写来件编号"), Length(max=20, message="编号没有这么长")]
    )

    @property
    def wanted(self) -> str:
        """The number as cases have it."""
        return (self.case_number.data or "").strip().upper()

"""What is typed about a referral. Every form carries the version that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, Field, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from admin.accounts.figures import Day, Whole, yuan
from admin.desk.pages.forms import ActForm, text
from admin.referrals.bodies import bodies, levels
from admin.referrals.deciding import Matter
from admin.referrals.following import Ended, News
from intake.cases.referral import ReferralOutcome, Stage
from portal.campaign.book import Book
from portal.foundation import clock

_MOST_PEOPLE = 10_000


class NewReferralForm(ActForm):
    """A matter that is another body's. Without a chosen body it is the one that the campaign names
    for the level."""

    level = RadioField("涉及的人是哪一级", [DataRequired("请选涉及的人是哪一级")])
    unit = SelectField("移送给谁")
    words = text("为什么要移送：查到什么、涉及谁、依据哪一条", "请写为什么要移送")
    with_contact = BooleanField("把来件人的联系方式一起交给它")

    def choose_from(self, book: Book, barred: frozenset[str]) -> None:
        """The levels, and the bodies that the case doesn't accuse."""
        self._suggested = {one.code: one.body for one in levels(book)}
        self.level.choices = [SelectChoice(one.code, one.name) for one in levels(book)]
        free = [code for code in bodies(book) if code not in barred]
        self.unit.choices = [
            ("", "按上面选的级别"),
            *((code, book.unit_name(code)) for code in free),
        ]
        self._barred = barred

    def validate_level(self, field: Field) -> None:
        """A body that is accused itself gets nothing: somebody else has to be chosen."""
        if not self.unit.data and self._suggested.get(field.data) in self._barred:
            raise ValidationError("这一级的机关是被反映的单位，要回避，请在下面另选一个")

    @property
    def matter(self) -> Matter:
        """What was typed."""
        return Matter(
            level=self.level.data,
            unit=self.unit.data or self._suggested[self.level.data],
            reason=self.words.data,
            with_contact=self.with_contact.data,
        )


class ReasonForm(ActForm):
    """A step that needs its reason."""

    words = text("理由", "请写理由")


class AskForm(ActForm):
    """A question how far it is."""

    words = text("问了谁、怎么问的、怎么说", "请写问了谁、怎么问的")


class ProgressForm(ActForm):
    """How far a body is."""

    stage = RadioField(
        "到了哪一步",
        [DataRequired("请选到了哪一步")],
        choices=[SelectChoice(one.value, one.official) for one in Stage],
    )
    receipt = StringField("收件编号（有就写）", [Length(max=80, message="太长了，最多80字")])
    words = text("说几句", "请写几句")

    @property
    def news(self) -> News:
        """What was typed."""
        return News(Stage(self.stage.data), self.words.data, self.receipt.data or "")


class ConcludeForm(ActForm):
    """How a body ended a matter."""

    outcome = RadioField(
        "结果",
        [DataRequired("请选结果")],
        choices=[SelectChoice(one.value, one.official) for one in ReferralOutcome],
    )
    on = Day("哪天了结的", [InputRequired("请写了结的日子")])
    recovered = yuan("追回资金（元，没有就空着）")
    refunded = yuan("退给群众（元，没有就空着）")
    punished = Whole(
        "处理处分几个人（没有就空着）",
        [Optional(), NumberRange(0, _MOST_PEOPLE, "人数不能是负数，也不能这么大")],
    )
    words = text("怎么了结的：文号、结论", "请写怎么了结的")

    @property
    def ended(self) -> Ended:
        """What was typed."""
        return Ended(
            outcome=ReferralOutcome(self.outcome.data),
            on=self.on.data or clock.today(),
            words=self.words.data,
            recovered=self.recovered.data,
            refunded=self.refunded.data,
            punished=self.punished.data,
        )


class DeliveryForm(ActForm):
    """When a package arrived."""

    on = DateField("哪天送到的", [InputRequired("请写日期")])
    receipt = StringField("收件编号（对方给了就写）", [Length(max=80, message="太长了，最多80字")])


class TellForm(ActForm):
    """What the reporter is told."""

    words = text("告诉来件人的话", "请写告诉来件人的话")


def day_today(form: ActForm) -> None:
    """Begin with today where a form asks for a day."""
    if "on" in form:
        field: Any = form["on"]
        field.data = clock.today()

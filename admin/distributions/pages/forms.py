"""What is typed about a list of recipients. Every form carries the version that its writer saw."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
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
from admin.accounts.staff_form import StaffForm
from portal.campaign.book import Book
from portal.campaign.distribution_rule import DistributionRule
from portal.campaign.place import PlaceKind
from portal.foundation import clock
from portal.published.discretion import shows_sums_only
from portal.published.distribution import TakenDown

_MOST_STANDARD = 300
_MOST_PEOPLE = 1_000_000
_MOST_DAYS_AHEAD = 31


class _Choice(SelectField):
    """One of a list."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what the list doesn't offer."""
        try:
            super().pre_validate(form)
        except ValueError:
            raise ValidationError("请从名单里选") from None


class ListForm(StaffForm):
    """A list. Its spreadsheet isn't read by WTForms."""

    version = HiddenField()
    street = _Choice("哪个街道", [DataRequired("请选街道")], default="")
    paid_from = Day("发的是哪一段，从", [InputRequired("请写从哪天起")])
    paid_to = Day("到", [InputRequired("请写到哪天止")])
    standard = TextAreaField(
        "标准",
        [
            DataRequired("请写标准"),
            Length(max=_MOST_STANDARD, message=f"太长了，最多{_MOST_STANDARD}字"),
        ],
    )
    telephone = _Choice("名单不对，打哪个电话", [DataRequired("请选电话")], default="")
    days = Whole("公示几天", [InputRequired("请写公示几天")])
    starts_on = Day("从哪天起公示", [Optional()])
    people = Whole("人数", [Optional(), NumberRange(1, _MOST_PEOPLE, "人数要是正整数")])
    amount = yuan("金额（元）")
    no_children = BooleanField("名单里没有未满18岁的人")

    def offer(self, book: Book, policy: str, street: str = "") -> None:
        """Fill the lists to choose from. A draft keeps the street that it was begun with."""
        self._rule = DistributionRule.of(book.campaign)
        self.sums_only = shows_sums_only(book.policies[policy])
        streets = [one for one in book.places.values() if one.kind is PlaceKind.STREET]
        self.street.choices = [
            *([] if street else [("", "请选")]),
            *((one.code, one.name) for one in streets if street in {"", one.code}),
        ]
        self.telephone.choices = telephones(book, policy)

    def validate_paid_to(self, field: Day) -> None:
        """The time has a beginning and an end, in this order."""
        if field.data and self.paid_from.data and field.data < self.paid_from.data:
            raise ValidationError("到哪天止，不能早于从哪天起")

    def validate_days(self, field: Whole) -> None:
        """Neither no time at all nor longer than the campaign lets a list stand."""
        most = self._rule.most_days
        if field.data is not None and (field.data < 1 or (most and field.data > most)):
            raise ValidationError(f"公示1到{most}天" if most else "至少公示1天")

    def validate_starts_on(self, field: Day) -> None:
        """Today or later, and not so late that nobody remembers it."""
        if field.data and not 0 <= (field.data - clock.today()).days <= _MOST_DAYS_AHEAD:
            raise ValidationError(f"从今天起{_MOST_DAYS_AHEAD}天以内；当天发布就空着")

    def validate_no_children(self, field: BooleanField) -> None:
        """Whoever drafts names has looked for children among them (个人信息保护法 28, 31)."""
        if not self.sums_only and not field.data:
            raise ValidationError("请看过名单，确认没有孩子，再勾上")


class DropForm(StaffForm):
    """A draft is given up."""

    version = HiddenField()


_REASONS = [one for one in TakenDown if one is not TakenDown.PERIOD_OVER]


class WithdrawForm(StaffForm):
    """Why a list is taken down before its time: the public reads it, so it is one of a few."""

    because = RadioField(
        "为什么撤下",
        [DataRequired("请选为什么撤下")],
        choices=[SelectChoice(one.value, one.plain) for one in _REASONS],
        validate_choice=False,
    )

    def validate_because(self, field: RadioField) -> None:
        """One of them."""
        if field.data and field.data not in _REASONS:
            raise ValidationError("请选一个")


def telephones(book: Book, policy: str) -> list[tuple[str, str]]:
    """The telephones that a list may name: those that the campaign publishes anyway."""
    unit = book.units[book.policies[policy].unit_code]
    offered = {book.campaign.hotline: "热线"}
    for one in (unit, book.office):
        if one.telephone:
            offered.setdefault(one.telephone, one.name)
    return [(number, f"{name} {number}") for number, name in offered.items()]

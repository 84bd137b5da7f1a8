"""What is asked of whoever stops handling a case, or gives it to a colleague."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import DataRequired

from admin.desk.pages.forms import ActForm, text

BUSY, INTEREST = "busy", "interest"
_WHY = {
    BUSY: "我不办了，留给同事办",
    INTEREST: "有利害关系，应当回避",
}
HINTS = {
    BUSY: "您还看得到这件，也可以再认领。",
    INTEREST: "和这件事或者来件人有直接利害关系的选这一项。您马上看不到这件，"
    "同一条来件分出来的也看不到，自己不能改回来。本单位的同事接着办。",
}


class StepAsideForm(ActForm):
    """Why somebody stops handling a case."""

    why = RadioField(
        "为什么不办了",
        [DataRequired("请选一项")],
        choices=[SelectChoice(value, words) for value, words in _WHY.items()],
    )
    words = text("理由", "请写理由")

    def offer_people(self, people: Mapping[int, str], *, has_it: bool) -> None:
        """Who hasn't taken it on has nothing to leave to others."""
        if not has_it:
            self.why.choices = [SelectChoice(INTEREST, _WHY[INTEREST])]


class HandToForm(ActForm):
    """To whom the head gives a case."""

    person = SelectField("交给谁", [DataRequired("请选一位同事")])

    def offer_people(self, people: Mapping[int, str], *, has_it: bool) -> None:
        """Everybody at the unit's desk: who was left out would be seen to be barred."""
        self.person.choices = [
            SelectChoice("", "请选一位同事"),
            *(SelectChoice(str(one), name) for one, name in people.items()),
        ]


class ClaimForm(ActForm):
    """Taking a case on asks for nothing."""

    def offer_people(self, people: Mapping[int, str], *, has_it: bool) -> None:
        """There is nothing to choose."""

"""What the ledger is narrowed to, as an address names it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField

from admin.ledger.day_come import DayCome
from admin.ledger.pages.forms import desk_units, problem_types, sources
from admin.ledger.problem import Source
from portal.campaign.book import Book
from portal.published.result import ResultState


class FilterForm(FlaskForm):  # type: ignore[misc]  # flask_wtf ships no types
    """What the ledger is narrowed to. It is only read, so it carries no token."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask_wtf ships no types
        """What WTForms asks about this form's token."""

        csrf = False

    unit = SelectField("单位")
    type = SelectField("问题类别")
    source = SelectField("来源")
    state = HiddenField()
    due = HiddenField()

    def offer(self, book: Book) -> None:
        """Fill the lists to choose from."""
        self.unit.choices = desk_units(book, "全部单位")
        self.type.choices = problem_types(book, "全部类别")
        self.source.choices = [("", "全部来源"), *sources(Source)]


def state_of(text: str | None) -> ResultState | None:
    """The state of that name, None where there is none."""
    return ResultState(text) if text in set(ResultState) else None


def day_come_of(text: str | None) -> DayCome | None:
    """Which day has come, None where the address names none."""
    return DayCome(text) if text in set(DayCome) else None


def source_of(text: str | None) -> Source | None:
    """The source of that name, None where there is none."""
    return Source(text) if text in set(Source) else None


def named(codes: Iterable[str], wanted: str | None) -> str | None:
    """The code that an address names, None where it names none that there is."""
    return wanted if wanted and wanted in set(codes) else None

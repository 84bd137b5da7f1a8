"""Fields for sums, counts and days as people type them: full width, with separators, with the unit
behind."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from wtforms import DateField, DecimalField, IntegerField
from wtforms.validators import NumberRange, Optional

_MOST_YUAN = Decimal("999999999999.99")


def _plain(text: str | None) -> str | None:
    if text is None:
        return None
    flat = unicodedata.normalize("NFKC", text)
    return flat.replace(",", "").replace(" ", "").removesuffix("元").removesuffix("人")


class Figures(DecimalField):
    """Yuan, forgiving of width and separators."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the sum."""
        try:
            super().process_formdata([_plain(value) or "" for value in valuelist])
        except ValueError:
            self.data = None
            raise ValueError("金额要写数字，比如 1200.50") from None


class Whole(IntegerField):
    """A whole number, forgiving of width and separators."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        try:
            super().process_formdata([_plain(value) or "" for value in valuelist])
        except ValueError:
            self.data = None
            raise ValueError("这里要写整数") from None


class Day(DateField):
    """A day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError("日期要这样写：2022-06-20") from None


def yuan(label: str) -> Any:
    """A field for a sum that may stay empty."""
    most = NumberRange(0, _MOST_YUAN, "金额不能是负数，也不能这么大")
    return Figures(label, [Optional(), most], places=2)

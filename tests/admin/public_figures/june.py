"""A June of cases, and reading its figures off the public page."""

from __future__ import annotations

import re

from portal.campaign.kinds import Kind
from tests.admin.public_figures.months import Months

LATER = "2022-07-04"


def a_month(months: Months, *, small: int = 3) -> tuple[str, str, str]:
    """A June in which two units have many complaints and a third has few; and six tip-offs."""
    first, second, third = months.units[:3]
    with months.on("2022-06-10"):
        months.came(first, Kind.COMPLAINT, 8)
        months.came(first, Kind.CONSULTATION, 6)
        months.came(second, Kind.COMPLAINT, 7)
        months.came(third, Kind.COMPLAINT, small)
        months.came(first, Kind.TIP_OFF, 6)
    return first, second, third


def table_after(page: str, caption: str) -> dict[str, list[str]]:
    """The lines of the table with a caption, by their names."""
    table = page.partition(f"{caption}</caption>")[2].partition("</table>")[0]
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.partition("<tbody")[2], re.DOTALL):
        name, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found[re.sub(r"\s|<.*?>", "", name)] = [re.sub(r"\s|<.*?>", "", cell) for cell in cells]
    return found


def chart_of(page: str, key: str) -> dict[str, str]:
    """What a chart says beside each bar."""
    chart = page.partition(f'aria-labelledby="{key}-chart"')[2].partition("</svg>")[0]
    texts = re.findall(r"<text[^>]*>(.*?)</text>", chart)
    return dict(zip(texts[::2], texts[1::2], strict=True))

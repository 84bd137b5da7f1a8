"""What a change of the policy list must keep, each broken rule in words for its writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from admin.policies.columns import CHECKED
from admin.policies.proposal import Difference, Proposal, differences
from portal.campaign.book import Book
from portal.campaign.policy import Policy
from portal.foundation.formats import day_with_year
from portal.loading.tables import code as read_code
from portal.loading.tables import longest

MOST_NOTE = 200
MOST_CODE = longest(Policy, "code") or 20
_FIRST_DAY = date(1990, 1, 1)
_FARTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with a policy's field; without a code, with the whole. `field` is
    the record's attribute, or `note` or `holds_from`."""

    code: str
    field: str
    what: str


class Refused(ValueError):
    """The change can't be made; `wrong` says why."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = wrong
        super().__init__("；".join(one.what for one in wrong))


def wrong_code(code: str) -> str:
    """What is wrong with the code of a new policy; empty where it can be taken."""
    try:
        read = read_code(code)
    except ValueError:
        read = None
    if not read or not code.isascii():
        return "编号只能用字母、数字、点和横线，不能空着"
    return f"编号最长{MOST_CODE}个字" if len(code) > MOST_CODE else ""


def wrong_with(proposal: Proposal, book: Book, today: date) -> list[Wrong]:
    """Everything that keeps a proposal from being released; nothing where it can be."""
    shown = differences(proposal, book)
    ahead = [
        Wrong(one.code, CHECKED, "还没有到这一天")
        for one in shown
        for change in one.fields
        if change.name == CHECKED and change.now and change.now > today
    ]
    return [*_wrong_names(shown, book), *_wrong_day(proposal, shown, book, today), *ahead]


def wrong_note(note: str) -> list[Wrong]:
    """What is wrong with the line that tells the public what changed."""
    if not note.strip():
        return [Wrong("", "note", "请写什么变了，公众会看到")]
    if len(note.strip()) > MOST_NOTE:
        return [Wrong("", "note", f"太长了，最多{MOST_NOTE}个字")]
    return []


def _wrong_day(
    proposal: Proposal, shown: list[Difference], book: Book, today: date
) -> Iterator[Wrong]:
    """A day can't reach behind one from which the same was changed already."""
    if not _FIRST_DAY <= proposal.holds_from <= today + _FARTHEST:
        yield Wrong("", "holds_from", "日子太远了，请看看年份")
    if proposal.as_of not in {None, proposal.holds_from}:
        yield Wrong("", "holds_from", f"改的是{day_with_year(proposal.as_of)}起的，日子不能变")
    for one in shown:
        history = book.histories.get(one.code)
        names = [change.name for change in one.fields]
        latest = history.latest_day(names, today) if history else None
        if latest and proposal.holds_from < latest:
            what = f"从{day_with_year(latest)}起已经改过一次，这次的日子不能更早"
            yield Wrong(one.code, "holds_from", f"{one.name}：{what}")


def _wrong_names(shown: list[Difference], book: Book) -> Iterator[Wrong]:
    """No two policies may be called the same, now or later."""
    new = {one.code: c.now for one in shown for c in one.fields if c.name == "name"}
    names: dict[str, str] = {}
    for code, policy in book.policies.items():
        if code not in new:
            names[policy.name] = code
    for code, history in book.histories.items():
        for version in history.versions:
            if version.waits and "name" in version.fields:
                names.setdefault(version.fields["name"], code)
    for code, name in new.items():
        if names.setdefault(name, code) != code:
            yield Wrong(code, "name", f"已经有一项叫“{name}”，编号是{names[name]}")

"""Five things that people come for, done on a telephone of 360 px without JavaScript: from the
first page, by what can be seen and pressed, in a few taps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator

from portal.campaign.place import PlaceKind
from portal.campaign.policy import Policy
from tests.journeys.people import DETAIL
from tests.journeys.still_town import StillTown
from tests.journeys.test_from_tip_off_to_public_result import REPLY, a_complaint
from tests.journeys.town import Town
from tests.portal.pages.released import release

MOST_TAPS = 6


@dataclass(frozen=True)
class Allowance:
    """What somebody looks for, by the words that he sees: the home's need, the name, for whom."""

    need: str
    name: str
    whom: str


# For somebody of 85 years; where a plan has nothing for the old, for one who is disabled.
ALLOWANCES = {
    "jianghan-2022": Allowance("家里有老人", "高龄津贴", "年满80周岁"),
    "caidian-cdpf-2022": Allowance("残疾人", "困难残疾人生活补贴", "低保家庭里的残疾人"),
}


class Thumb:
    """Somebody who only presses what he sees, each press counted."""

    def __init__(self, town: Town) -> None:
        self.citizen = town.citizen()
        self.page = self.citizen.page
        self.taps = 0
        self.citizen.opens_the_site()

    @property
    def text(self) -> str:
        """What he reads."""
        return self.citizen.text

    def taps_link(self, words: str) -> None:
        """Follow the first link that can be seen with these words on it."""
        self._tap(self.page.get_by_role("link", name=words), goes=True)

    def taps_button(self, words: str) -> None:
        """Press a button."""
        self._tap(self.page.get_by_role("button", name=words, exact=True), goes=True)

    def taps_words(self, words: str) -> None:
        """Press words that open something, or the label of a choice."""
        self._tap(self.page.get_by_text(words, exact=True))

    def picks(self, label: str, choice: str) -> None:
        """Pick one of a list."""
        self.taps += 1
        self.page.get_by_label(label, exact=True).select_option(label=choice)

    def _tap(self, what: Locator, *, goes: bool = False) -> None:
        seen = what.locator("visible=true").first
        self.taps += 1
        if goes:
            self.citizen._go(seen.click)
        else:
            seen.click()


def allowance(town: Town) -> Allowance:
    return ALLOWANCES[town.book.campaign.code]


def policy_of(town: Town) -> Policy:
    name = allowance(town).name
    return next(one for one in town.book.policies.values() if one.name == name)


def test_which_allowance_there_is_and_who_runs_it(still_town: StillTown) -> None:
    wanted, thumb = allowance(still_town), Thumb(still_town)
    thumb.taps_link("查补贴政策和主管单位")
    thumb.taps_link(wanted.need)
    thumb.taps_link(wanted.name)
    unit = still_town.book.units[policy_of(still_town).unit_code]
    for answer in (wanted.whom, f"由{unit.name}主管", unit.telephone):
        assert answer in thumb.text
    assert thumb.taps <= MOST_TAPS


def test_it_was_not_paid(still_town: StillTown) -> None:
    wanted, thumb = allowance(still_town), Thumb(still_town)
    thumb.taps_link("查补贴政策和主管单位")
    thumb.taps_link(wanted.need)
    thumb.taps_link(wanted.name)
    thumb.taps_link("反映这项补贴")
    thumb.taps_words(still_town.book.problem_types["1.2"].plain_text)
    thumb.citizen.write(发生了什么事=f"三个月没有打到卡上。{DETAIL}")
    receipt = thumb.citizen.sends()
    thumb.taps += 1
    assert thumb.taps <= MOST_TAPS
    unit = still_town.book.units[policy_of(still_town).unit_code]
    assert unit.name in thumb.text
    assert receipt.due in thumb.text
    # It really is about that allowance.
    officer = still_town.officer_of(unit)
    officer.opens(receipt)
    assert wanted.name in officer.text


def test_what_the_answer_is(still_town: StillTown) -> None:
    receipt = a_complaint(still_town, "web")
    officer = still_town.officer_of(still_town.unit)
    for verb in ("签收", "受理"):
        officer.does(receipt, verb)
    officer.drafts(receipt, REPLY)
    still_town.head_of(still_town.unit).releases(receipt, REPLY)

    thumb = Thumb(still_town)
    thumb.taps_link("查办理进度")
    # He copies it from the paper, in fours and in small letters.
    thumb.citizen.write(查询码=" ".join(re.findall(".{1,4}", receipt.code.lower())))
    thumb.taps_button("查")
    assert REPLY in thumb.text
    assert thumb.taps <= MOST_TAPS


def test_what_was_put_right_in_one_street(still_town: StillTown) -> None:
    places = still_town.book.places.values()
    here, elsewhere = [one for one in places if one.kind is PlaceKind.STREET][:2]
    with still_town.deployment.database.writing() as session:
        for number, place in (("WT-2022-001", here), ("WT-2022-002", elsewhere)):
            release(
                session,
                number,
                place_code=place.code,
                summary=f"{place.name}漏发三户",
                measures="逐户补发，每月张榜",
            )

    thumb = Thumb(still_town)
    thumb.taps_link("整改结果")
    thumb.taps_words("按单位、问题、街道挑着看")
    thumb.picks("哪个街道", here.name)
    thumb.taps_button("只看这些")
    assert f"{here.name}漏发三户" in thumb.text
    assert f"{elsewhere.name}漏发三户" not in thumb.text
    thumb.taps_link(f"{here.name}漏发三户")
    assert "逐户补发，每月张榜" in thumb.text
    assert thumb.taps <= MOST_TAPS


def test_how_to_call(still_town: StillTown) -> None:
    thumb, hotline = Thumb(still_town), still_town.book.campaign.hotline
    link = thumb.page.locator(f'a[href="tel:{hotline}"]').first
    box = link.bounding_box()
    assert box is not None
    # One tap, without scrolling; and the number can be read, to be dialled on another telephone.
    assert box["y"] + box["height"] <= 640
    assert box["height"] >= 44
    assert hotline in link.inner_text()

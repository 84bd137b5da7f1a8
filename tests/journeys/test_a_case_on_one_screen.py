"""Whoever handles a case has words, clock and acts before him on an ordinary screen."""

from __future__ import annotations

from playwright.sync_api import Locator, ViewportSize

from tests.journeys.people import DETAIL
from tests.journeys.still_town import StillTown
from tests.journeys.test_from_tip_off_to_public_result import a_complaint

SCREEN: ViewportSize = {"width": 1280, "height": 800}


def test_words_clock_and_acts_stand_on_one_screen(still_town: StillTown) -> None:
    receipt = a_complaint(still_town, "web")
    officer = still_town.officer_of(still_town.unit)
    officer.page.set_viewport_size(SCREEN)
    for act in ("签收", "受理"):
        officer.opens(receipt)
        words = officer.page.locator("blockquote.words").filter(has_text=DETAIL).first
        button = officer.page.get_by_role("button", name=act, exact=True).first
        for seen in (words, officer.page.locator("main .due").first, button):
            assert is_on_screen(seen), (act, str(seen))
        officer.does(receipt, act)
    officer.opens(receipt)
    assert "来件人可见" in officer.text
    assert is_on_screen(officer.page.get_by_label("答复", exact=True))


def is_on_screen(seen: Locator) -> bool:
    """Whether it can be seen whole without scrolling."""
    box = seen.bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= SCREEN["height"]

"""No public page is heavy, whatever of it is asked for and however much stands there: every policy,
every filter, every street, and lists whose texts are as long as the desk's forms let them be."""

from __future__ import annotations

from collections.abc import Iterable

from portal.campaign.place import PlaceKind
from portal.publicity.sheet import Sheet
from portal.published.result import Result, ResultState
from portal.published.result_totals import Fate
from tests.pages.weight import MOST_BYTES, weight
from tests.portal.pages.published import publish_list, publish_notice
from tests.portal.pages.released import publish_months, release, revise
from tests.portal.pages.sites import Site

# What the forms of the desk let through, in characters.
_RESULT, _TITLE, _SUMMARY = 2_000, 200, 1_000
_REASON = 200
_LONG = "补贴发给街道的单位。"


def heavy(site: Site, addresses: Iterable[str]) -> dict[str, int]:
    """Which of the pages are too heavy, and what they weigh."""
    asked = list(addresses)
    assert asked
    weighed = {address: weight(site.text(address)) for address in asked}
    return {address: found for address, found in weighed.items() if found > MOST_BYTES}


def streets(site: Site) -> list[str]:
    """The codes of the streets."""
    return [one.code for one in site.book.places.values() if one.kind is PlaceKind.STREET]


def text(characters: int) -> str:
    """So long a text."""
    return (_LONG * (characters // len(_LONG) + 1))[:characters]


def test_policies_whichever_is_asked_for(site: Site) -> None:
    policies = site.book.policies
    for code in policies:
        one = f"/policies/{code}"
        mine = (one, f"{one}?year=2021", f"/responsibilities?policy={code}")
        assert heavy(site, mine) == {}
    needs = {need for one in policies.values() for need in one.needs}
    assert heavy(site, (f"/policies?need={need}" for need in needs)) == {}
    units = {one.unit_code for one in policies.values()}
    assert heavy(site, (f"/policies?unit={unit}&year=2021" for unit in units)) == {}


def test_publicity_of_each_street(site: Site) -> None:
    for street in streets(site):
        sheets = [f"/publicity/{sheet.value}/{street}" for sheet in Sheet]
        assert heavy(site, [f"/publicity/places/{street}", *sheets]) == {}


def test_long_lists_however_they_are_narrowed_down(site: Site) -> None:
    found, places = site.book, streets(site)
    units = [one.code for one in found.units.values() if one.desk]
    problems = list(found.problem_types)
    with site.deployment.database.writing() as session:
        publish_months(session)
        for at in range(max(len(units), 60)):
            release(
                session,
                f"WT-{at:04d}",
                of=found,
                unit_code=units[at % len(units)],
                problem_code=problems[at % len(problems)],
                place_code=places[at % len(places)],
                state=list(ResultState)[at % len(ResultState)],
                summary=text(_RESULT),
                measures=text(_RESULT),
            )
        for at in range(25):
            publish_notice(session, f"n-{at}", title=text(_TITLE), summary=text(_SUMMARY))
        for at, policy in enumerate(found.policies):
            street = places[at % len(places)]
            publish_list(session, f"F8{at:05d}", policy_code=policy, place_code=street)
    filters: dict[str, list[str]] = {
        "unit": units,
        "problem": problems,
        "street": places,
        "state": [fate.value for fate in Fate],
    }
    for name, values in filters.items():
        assert heavy(site, (f"/results?{name}={value}" for value in values)) == {}
    assert heavy(site, ("/", "/results", "/results?after=WT-0040", "/notices")) == {}
    assert heavy(site, (f"/figures?month=2022-{month:02d}" for month in range(4, 7))) == {}
    assert heavy(site, (f"/distributions?street={street}" for street in ("", *places))) == {}
    words = ("补贴", "街道", "的", "单位", "补贴 街道")
    assert heavy(site, (f"/search?q={word}" for word in words)) == {}


def test_one_result_at_its_longest_however_often_it_was_released(site: Site) -> None:
    found, page = site.book, "/results/WT-0001"
    problems, places = list(found.problem_types), list(found.places)
    with site.deployment.database.writing() as session:
        for at in range(12):
            said: dict[str, str] = {
                "summary": f"{at:02d}{text(_RESULT - 2)}",
                "measures": f"{at:02d}{text(_RESULT - 2)}",
                "progress": f"{at:02d}{text(_RESULT - 2)}",
                "problem_code": problems[at % len(problems)],
                "place_code": places[at % len(places)],
            }
            if at:
                one = session.get_one(Result, "WT-0001")
                revise(session, one, note=text(_REASON), **said)
            else:
                release(session, "WT-0001", of=found, **said)
    assert heavy(site, [page, f"{page}/releases/7"]) == {}
    whole, then = site.text(page), site.text(f"{page}/releases/7")
    assert whole.count(text(_RESULT - 2)) == then.count(text(_RESULT - 2)) == 3
    assert f'href="{page}/releases/7"' in whole
    assert f"06{text(_RESULT - 2)}" in then
    assert f'href="{page}/releases/6"' in then
    assert f'href="{page}/releases/8"' in then

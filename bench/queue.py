"""The queue of a signed-in officer: whole pages, with ten thousand cases and with a million."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from bench.filling import busiest_unit, fill
from bench.requests import get
from bench.row import Aim, Row
from bench.serving import Server, served, staff_site
from intake.cases.case import Case
from portal.campaign.book import book
from portal.foundation.staff import Role
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

_AIM = Aim(p50_ms=30, growth=1.2)
# Who looks at which list: where an officer's day begins, his longest list, and the whole district.
_LISTS = (
    ("待签收", "officer", "/staff/cases"),
    ("办理中", "officer", "/staff/cases?tab=accepted"),
    ("已办结", "officer", "/staff/cases?tab=closed"),
    ("全部未结", "officer", "/staff/cases?tab=open"),
    ("我的", "officer", "/staff/cases?tab=open&mine=1"),
    ("没人认领", "officer", "/staff/cases?tab=open&mine=none"),
    ("全区未结", "office", "/staff/cases?scope=district&tab=open"),
)


@dataclass(frozen=True)
class Filled:
    """A staff site over that many cases, with the cookies of those who are signed in to it."""

    kind: str
    cases: int
    server: Server
    cookies: dict[str, str]


@contextmanager
def filled_sites(
    templates: Templates, folder: Path, kind: str, sizes: Sequence[int]
) -> Iterator[list[Filled]]:
    """Serve the staff site over a database of each size, on `sqlite` or `postgresql`."""
    with ExitStack() as stack:
        yield [stack.enter_context(_filled(templates, folder, kind, size)) for size in sizes]


def rows(sites: Sequence[Filled]) -> list[Row]:
    """Each list in each size, the smaller first: one client, since a page's time is asked for."""
    return [_row(site, *which, smaller=sites[0]) for which in _LISTS for site in sites]


def _row(site: Filled, label: str, who: str, path: str, *, smaller: Filled) -> Row:
    request = [get(path, {"Cookie": site.cookies[who]})]
    return Row(
        _name(site, label),
        site.server,
        lambda _: request,
        _AIM if site is not smaller else Aim(p50_ms=_AIM.p50_ms),
        holds=b"/staff/cases/",
        connections=1,
        smaller=_name(smaller, label) if site is not smaller else "",
    )


def _name(site: Filled, label: str) -> str:
    return f"queue {label}, {site.cases:,}, {site.kind}"


@contextmanager
def _filled(templates: Templates, folder: Path, kind: str, cases: int) -> Iterator[Filled]:
    campaign = CAMPAIGNS / "jianghan-2022"
    with templates.copy(campaign, kind, folder / f"{kind}-{cases}") as deployment:
        fill(deployment.database, cases)
        cookies = _signed_in(deployment)
        _claim_some(deployment)
        # Without a reader of the sealed class no staff site is ready.
        deployment.add_staff("reader", ("JW", Role.DISCIPLINE))
        deployment.officer("reader")
        with served(staff_site(deployment.settings)) as (server,):
            yield Filled(kind, cases, server, cookies)


def _claim_some(deployment: Deployment) -> None:
    """Let the officer have taken on every tenth case of his unit, as if he had long been there."""
    with deployment.database.writing() as session:
        his = (Case.unit_code == busiest_unit(book(session)), Case.number.endswith("7"))
        officer = deployment.staff_id(session, "officer")
        session.execute(update(Case).where(*his).values(claimed_by=officer))


def _signed_in(deployment: Deployment) -> dict[str, str]:
    with deployment.database.reading() as session:
        found = book(session)
    posts = {
        "officer": (busiest_unit(found), Role.OFFICER),
        "office": (found.campaign.office_code, Role.OFFICE),
    }
    cookies = {}
    for name, post in posts.items():
        deployment.add_staff(name, post)
        cookie = deployment.officer(name).get_cookie("hh_staff")
        cookies[name] = f"hh_staff={cookie.value if cookie else ''}"
    return cookies

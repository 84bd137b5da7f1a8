"""Search over sealed words: 20,000 cases that staff have handled, none of which has the word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bench.filling import fill
from bench.requests import post
from bench.row import Aim, Row
from bench.serving import Server, served, staff_site
from intake.cases.case import Case
from intake.cases.message import Message, MessageKind
from intake.vault.compartment import (
    Compartment,
    make_quick,
    open_compartment,
    sealed_compartments,
    store_compartments,
)
from intake.vault.holders import CompartmentName
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.staff import Role
from tests.deployments import CAMPAIGNS, Deployment, token_on
from tests.templates import Templates

CASES = 20_000
_PATH = "/staff/cases/search"
# As long as most letters to the line are: 130 characters.
_WORDS = (
    "我父亲今年八十一岁，住在万松街道青年社区，以前每个季度打到卡上的高龄津贴，从去年秋天起就没有了。"
    "我们到社区问过三次。第一次说名单报上去了，叫我们等；第二次说系统在换，旧的数据还没有导过来；"
    "第三次换了一个年轻人，说要重新填表，还要交户口本的复印件。"
)
_AT_A_TIME = 1_000


@contextmanager
def rows(templates: Templates, folder: Path) -> Iterator[list[Row]]:
    """One search of the office over the whole district: one client, since its time is asked for."""
    campaign = CAMPAIGNS / "jianghan-2022"
    with templates.copy(campaign, "sqlite", folder / "search") as deployment:
        fill(deployment.database, CASES)
        _seal_words(deployment)
        headers, fields = _signed_in(deployment)
        request = [post(_PATH, fields, headers)]
        with served(staff_site(deployment.settings)) as (server,):
            yield [_row(server, request)]


def _row(server: Server, request: list[bytes]) -> Row:
    return Row(
        f"search over sealed words, {CASES:,} cases",
        server,
        lambda _: request,
        Aim(p50_ms=300),
        holds="继续查找".encode(),
        connections=1,
    )


def _signed_in(deployment: Deployment) -> tuple[dict[str, str], dict[str, str]]:
    with deployment.database.reading() as session:
        office = book(session).campaign.office_code
    deployment.add_staff("office", (office, Role.OFFICE))
    browser = deployment.officer("office")
    cookie = browser.get_cookie("hh_staff")
    fields = {**token_on(browser, _PATH), "words": "低保金", "where": "words", "states": "all"}
    return {"Cookie": f"hh_staff={cookie.value if cookie else ''}"}, fields


def _seal_words(deployment: Deployment) -> None:
    """Seal words into every case as they lie there after the first act."""
    with deployment.database.writing() as session:
        office = book(session).campaign.office_code
        cases = session.execute(select(Case.id, Case.number, Case.unit_code)).all()
        for begin in range(0, len(cases), _AT_A_TIME):
            made, messages = [], []
            for case_id, number, unit in cases[begin : begin + _AT_A_TIME]:
                label = f"case:{number}"
                if session.scalar(select(Message.id).where(Message.case_id == case_id).limit(1)):
                    continue
                box, sealed = _sealed(session, label, frozenset({office, unit}))
                made.append(box)
                messages.append(
                    {
                        "case_id": case_id,
                        "kind": MessageKind.WORDS,
                        "sealed": sealed,
                        "staff_id": None,
                        "written_at": clock.now(),
                    }
                )
            for box in made:
                # Compartments of one label are stored together, and each case has its own.
                store_compartments(session.connection(), [box])
            session.connection().execute(insert(Message), messages)


def _sealed(session: Session, label: str, units: frozenset[str]) -> tuple[Compartment, bytes]:
    name = CompartmentName.ORIGINAL
    box = sealed_compartments(session, label=label, holders={name: units})[name]
    make_quick(session, box)
    pair = open_compartment(session, box, units)
    return box, box.seal_to_holders(pair, _WORDS, MessageKind.WORDS)

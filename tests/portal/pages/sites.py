"""The public site of each campaign with a few released results, walked on by the tests here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.campaign.book import Book, book
from tests.deployments import Deployment
from tests.portal.pages.released import publish_months, release_a_few
from tests.portal.pages.released_further import release_further

PAGES = (
    "/",
    "/policies",
    "/policies?year=2021",
    "/responsibilities",
    "/responsibilities/table",
    "/hotlines",
    "/notices",
    "/notices/work-plan",
    "/notices/hotline",
    "/results",
    "/results/WT-0001",
    "/results/WT-0001/releases/1",
    "/distributions",
    "/figures",
    "/figures?month=2022-05",
    "/spot-checks",
    "/help",
    "/safety",
    "/personal-information",
    "/accessibility",
    "/data",
    "/publicity",
    "/publicity/poster",
    "/publicity/leaflet",
    "/publicity/counter-card",
    "/search",
    "/search?q=补贴",
    "/search?q=没有这种东西",
)


class Site:
    """One campaign's public site."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.client: FlaskClient = deployment.citizen()
        self.further: list[str] = []

    @property
    def book(self) -> Book:
        """The campaign."""
        with self.deployment.database.reading() as session:
            return book(session)

    @property
    def some_policy(self) -> str:
        """The code of a policy."""
        return next(iter(self.book.policies))

    def with_results(self) -> Site:
        """The same site after the office released a few results and three months' figures."""
        with self.deployment.database.writing() as session:
            release_a_few(session)
            publish_months(session)
        return self

    def with_everything(self) -> Site:
        """The same, and something of every other sort that the office releases or withdraws."""
        with self.with_results().deployment.database.writing() as session:
            self.further = release_further(session)
        return self

    def pages(self) -> list[str]:
        """The addresses of all pages that may be kept, with one policy for each, and what was
        released `with_everything`."""
        policy = self.some_policy
        one = f"/policies/{policy}"
        return [
            *PAGES,
            one,
            f"{one}?year=2021",
            f"/responsibilities?policy={policy}",
            *self.further,
        ]

    def get(self, address: str, **headers: str) -> TestResponse:
        """Open a page that has to be there."""
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    def text(self, address: str) -> str:
        """A page's HTML."""
        return self.get(address).text

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """What the public site asks its database in a block, besides the revision of the kept
        pages, which is read below SQLAlchemy."""
        engine = self.deployment.public.extensions["database"].engine
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement != "BEGIN":
                sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

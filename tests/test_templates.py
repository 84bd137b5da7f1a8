"""Lent deployments: what one test leaves behind, the next doesn't find."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from intake.cases.case import Case
from portal.campaign.revision import new_book_revision
from portal.campaign.unit import Unit
from portal.foundation import clock
from portal.foundation.limits import limits
from portal.foundation.staff import Role, Staff
from tests.admin.desk.people import Desks
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)
Lending = Callable[[], AbstractContextManager[Deployment]]


@pytest.fixture(params=["sqlite", "postgresql"])
def lending(request: pytest.FixtureRequest, templates: Templates) -> Lending:
    """Lends a deployment on each database."""
    return lambda: templates.lend(CAMPAIGNS / "jianghan-2022", request.param)


def page(deployment: Deployment) -> bytes:
    return deployment.citizen().get("/hotlines").data


def rename_all_units(deployment: Deployment) -> None:
    with deployment.database.writing() as session:
        session.execute(update(Unit).values(name=Unit.name + "新名"))
        new_book_revision(session)


def stored(deployment: Deployment, what: type[Case] | type[Staff]) -> int | None:
    with deployment.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what))


def knocks(deployment: Deployment) -> bool:
    return limits.hit("door", "somebody", amount=1, per_seconds=60).allowed


def test_what_one_test_leaves_behind_the_next_does_not_find(lending: Lending) -> None:
    with lending() as first:
        before = page(first)
        rename_all_units(first)
        assert page(first) != before
        first.add_staff("somebody", ("MZ", Role.OFFICER))
        number = Desks(first).case()
        assert (knocks(first), knocks(first)) == (True, False)

    with lending() as second:
        assert second is first
        assert page(second) == before
        assert (stored(second, Case), stored(second, Staff)) == (0, 0)
        assert knocks(second)
        assert Desks(second).register().case.id == 1
        assert Desks(second).case() != number
        rename_all_units(second)
        assert "新名".encode() in page(second)


def test_what_many_begin_with_is_done_once_and_found_by_each(templates: Templates) -> None:
    done = []

    def lent(*, first: str = "") -> int | None:
        with templates.lend(CAMPAIGNS / "jianghan-2022", "sqlite") as deployment:
            if first:
                deployment.add_staff(first, ("MZ", Role.OFFICER))
            deployment.begin_with("two people", lambda: moves_in(deployment))
            assert deployment.officer("first").get("/staff/cases").status_code == 200
            deployment.add_staff("of one test alone", ("MZ", Role.OFFICER))
            return stored(deployment, Staff)

    def moves_in(deployment: Deployment) -> None:
        done.append(deployment.add_staff("first", ("MZ", Role.OFFICER)))
        done.append(deployment.add_staff("second", ("RS", Role.OFFICER)))

    with clock.stopped_at(NOON):
        assert (lent(), lent()) == (3, 3)
        assert len(done) == 2
        # Where something was done before, it isn't lost.
        assert (lent(first="before"), len(done)) == (4, 4)
    with clock.stopped_at(NOON + timedelta(days=1)):
        assert (lent(), len(done)) == (3, 6)


def test_who_changes_a_key_has_changed_it_for_himself(lending: Lending) -> None:
    with lending() as first:
        first.settings.intake_key_file.unlink()
    with lending() as second:
        assert second is not first
        assert second.settings.intake_key_file.exists()


def test_who_changes_an_application_has_changed_it_for_himself(lending: Lending) -> None:
    with lending() as first:
        first.public.extensions["database"] = first.database
    with lending() as second:
        assert second is not first

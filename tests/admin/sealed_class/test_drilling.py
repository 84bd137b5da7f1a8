"""The class's printed key is tried from time to time, and whoever keeps it is reminded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from admin.system.doctor import findings
from intake.cases.event import Event
from intake.vault.compartment import CompartmentKey
from intake.vault.holders import SEALED
from intake.vault.passphrase import as_printed
from intake.vault.sealing import KeyPair
from portal.foundation import clock
from tests.admin.desk.people import Desks
from tests.admin.sealed_class.readers import discipline_browser
from tests.admin.sealed_class.test_what_opens_it import sealed_case
from tests.deployments import PRINTED, Deployment
from tests.pages.checks import check_html

NOON = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)
PAPER = as_printed(PRINTED.private)


def drills(deployment: Deployment, typed: str) -> tuple[int, str]:
    runner = deployment.everything.test_cli_runner()
    done = runner.invoke(args=["keys", "sealed-drill"], input=f"{typed}\n")
    return done.exit_code, done.output


def tried(deployment: Deployment) -> int:
    with deployment.database.reading() as session:
        named = select(Event.facts).where(Event.name == "sealed_class_drilled")
        return len(session.scalars(named).all())


def doctor_says(deployment: Deployment) -> str:
    with deployment.database.reading() as session:
        said = [one.english for one in findings(session, deployment.settings)]
    return next((one for one in said if "printed key of the sealed class" in one), "")


def test_it_opens_what_the_class_holds_and_shows_nothing(desks_on_each: Desks) -> None:
    desks, deployment = desks_on_each, desks_on_each.deployment
    sealed_case(desks)
    for wrong in ("zz", "ab" * 32, as_printed(KeyPair.fresh().private)):
        assert drills(deployment, wrong)[0] == 2
    assert tried(deployment) == 0

    status, said = drills(deployment, PAPER)

    assert (status, said) == (0, "ok: it opens what the sealed class holds\n")
    assert tried(deployment) == 1
    # A box that it doesn't open is found, and nothing noted.
    with deployment.database.writing() as session:
        held = select(CompartmentKey).where(CompartmentKey.holder == SEALED)
        key = session.scalars(held.limit(1)).one()
        key.wrap = key.wrap[:-1] + bytes([key.wrap[-1] ^ 1])
    assert (drills(deployment, PAPER)[0], tried(deployment)) == (2, 1)


def test_doctor_and_the_classs_page_say_when_it_has_to_be_tried(desks: Desks) -> None:
    discipline_browser(desks, "officer")

    def page() -> str:
        desks.browsers["officer"] = desks.deployment.officer("officer", unlocks=False)
        found = desks.get("officer", "/staff/sealed").text
        assert check_html(found) == []
        return found

    with clock.stopped_at(NOON):
        assert "never tried" in doctor_says(desks.deployment)
        assert "还没有试过" in page()
        assert drills(desks.deployment, PAPER)[0] == 0
        assert "上次是2022年6月6日试的，打得开" in page()
    with clock.stopped_at(NOON + timedelta(days=100)):
        assert doctor_says(desks.deployment) == ""
        assert "该再试了" not in page()
    with clock.stopped_at(NOON + timedelta(days=100, seconds=1)):
        assert "last tried on 2022-06-06" in doctor_says(desks.deployment)
        assert "上次是2022年6月6日试的，该再试了" in page()

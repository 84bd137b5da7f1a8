"""Two databases, alike but for one tip-off against a unit: signed in as that unit, every address
of the site by every method answers byte for byte the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.register import register
from portal.campaign.book import campaign_revision
from portal.campaign.campaign import Campaign
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.settings import Settings
from portal.foundation.staff import Role
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment, copy_database
from tests.templates import Templates

NOW = datetime(2022, 7, 4, 2, 0, tzinfo=UTC)
# No address knows the last three: what one of them is answered, all are.
UNKNOWN = ("DELETE", "PATCH", "PUT")
# What a view never hears of: a HEAD is a GET without its body, the others are answered before it.
# They are asked where a view reads something, and wherever the case's number stands.
UNHEARD = ("HEAD", "OPTIONS", UNKNOWN[0])
# The worst case: one person with every role that the accused unit can give.
ROLES = list(Role)
ORDINARY = Draft(
    channel=Channel.WEB,
    kind=Kind.COMPLAINT,
    words="高龄津贴三个月没发了",
    submission="ordinary",
    policy="MZ11",
    problem="1.2",
)
ACCUSATION = replace(
    ORDINARY,
    kind=Kind.TIP_OFF,
    words="区民政局有人扣老人的钱，我要举报",
    accused="区民政局",
    problem="3.3",
    submission="accusation",
    identity=Identity.PHONE,
    contact_phone="13900001111",
)
# What a page makes anew each time it is shown has to be random; nothing else may differ.
RANDOM = re.compile(rb"""(name="(?:submission_id|once|csrf_token)"[^>]*value="|hh_form=)[^";]*""")


@dataclass(frozen=True)
class Twins:
    """The two deployments, and the number of the accusing case that only the second has."""

    without: Deployment
    with_accusation: Deployment
    number: str

    def __iter__(self) -> Iterator[Deployment]:
        return iter((self.without, self.with_accusation))


@pytest.fixture(scope="module")
def born(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """Both, for all tests here: their applications stay warm."""
    folder = tmp_path_factory.mktemp("twins")
    jianghan = CAMPAIGNS / "jianghan-2022"
    with templates.copy(jianghan, "sqlite", folder / "data", **TWILIO) as deployment:
        with clock.stopped_at(NOW):
            deployment.add_staff("accused", *(("MZ", role) for role in ROLES), display="什么都管")
            accused_too = ("MZ", Role.OFFICER)
            deployment.add_staff("both", accused_too, ("BGS", Role.OFFICE), display="两边兼职")
            deployment.add_staff("audit", accused_too, ("SJ", Role.AUDITOR), display="审计兼职")
            with deployment.database.writing() as session:
                register(session, ORDINARY)
            deployment.close()
            shutil.copytree(deployment.settings.data_dir, folder / "twin")
            twin = Deployment(Settings.from_environment(_environ(deployment, folder / "twin")))
            with twin.database.writing() as session:
                case = register(session, ACCUSATION).case
        assert case.unit_code == "BGS"
        twins = Twins(deployment, twin, case.number)
        for one in twins:
            one.close()
            copy_database(_file(one), _kept(one))
        yield twins
        twin.close()


@pytest.fixture
def twins(born: Twins) -> Iterator[Twins]:
    """Both as they were at first, whatever another test sent."""
    for one in born:
        copy_database(_kept(one), _file(one))
        one.forget()
    with born.without.database.reading() as session:
        revision = campaign_revision(session)
    with born.with_accusation.database.writing() as session:
        session.execute(update(Campaign).values(revision=revision))
    with clock.stopped_at(NOW):
        yield born
    for one in born:
        one.close()


def _file(deployment: Deployment) -> Path:
    return deployment.settings.database_dir / "huimin.db"


def _kept(deployment: Deployment) -> Path:
    return deployment.settings.data_dir / "kept.db"


def _environ(deployment: Deployment, folder: Path) -> dict[str, str]:
    settings = deployment.settings
    return {
        "DATA_DIR": str(folder),
        "DEMO": "1",
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_NUMBER": settings.twilio_number,
    }


def addresses(app: Flask, number: str) -> list[str]:
    """Every address of a site, with a case's number, codes and ids filled in, and some queries. The
    twin that has no such case answers what any unknown number is answered."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue  # Files of the checkout, the same for everybody.
        path = str(rule)
        for pattern, value in (
            (r"<number>", number),
            (r"<code>", "MZ11"),
            (r"<slug>", "work-plan"),
            (r"<act>", "sign-for"),
            (r"<token>", "x"),
            (r"<int:[a-z_]+>", "1"),
            (r"<any\('([a-z-]+)'[^>]*>", r"\1"),
        ):
            path = re.sub(pattern, value, path)
        found.add(path)
    queries = ["?q=民政", "?kind=tip_off", "?state=assigned", "?scope=all", "?page=2"]
    listed = {"/staff/cases", "/staff/problems", "/staff/publishing", "/staff/events", "/search"}
    return sorted(found | {path + query for path in found & listed for query in queries})


def everything(
    client: FlaskClient, paths: list[str], token: str, *, number: str = ""
) -> dict[tuple[str, str], bytes]:
    """What every address answers to a GET and to a POST; with a case's number, to all other methods
    too."""
    answers = {}

    def ask(method: str, path: str) -> int:
        data = {"csrf_token": token, "version": "1"} if method == "POST" else None
        # A server closes what it has answered, whether anybody read it or not.
        with client.open(path, method=method, data=data) as answer:
            head = f"{answer.status} {sorted(answer.headers)}".encode()
            answers[method, path] = RANDOM.sub(rb"\1", head + b"\n" + answer.data)
            return answer.status_code

    for path in paths:
        reads = ask("GET", path) == HTTPStatus.OK
        # These end the very sign-in that the test walks with.
        if not path.startswith(("/staff/sign-out", "/staff/account/end")):
            ask("POST", path)
        if number and (reads or number in path):
            for method in UNHEARD:
                ask(method, path)
    return answers


@pytest.mark.parametrize(
    ("name", "every_method"),
    # How an address answers the other methods doesn't hang on who asks besides.
    [("accused", True), ("both", False), ("audit", False)],
    ids=["accused", "both", "audit"],
)
def test_the_accused_cant_tell_which_of_the_two_he_is_in(
    twins: Twins, name: str, every_method: bool
) -> None:
    seen = []
    for deployment in twins:
        assert not any(
            set(UNKNOWN) & (rule.methods or set()) for rule in deployment.staff.url_map.iter_rules()
        )
        client = deployment.officer(name)
        account = client.get("/staff/account").get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', account)
        assert token
        paths = addresses(deployment.staff, twins.number)
        number = twins.number if every_method else ""
        answers = everything(client, paths, token[1], number=number)
        # Each twin has a token of its own; all else must be the same to the byte.
        seen.append({k: v.replace(token[1].encode(), b"") for k, v in answers.items()})
    assert len(seen[0]) > 400
    assert differences(*seen) == []


def test_the_public_site_tells_nobody(twins: Twins) -> None:
    seen = []
    for deployment in twins:
        client = deployment.citizen()
        paths = addresses(deployment.public, twins.number)
        seen.append(everything(client, paths, "", number=twins.number))
    assert differences(*seen) == []


def differences(
    one: dict[tuple[str, str], bytes], other: dict[tuple[str, str], bytes]
) -> list[tuple[str, str]]:
    """Where the two answered differently, or only one was asked."""
    return sorted(
        where for where in one.keys() | other.keys() if one.get(where) != other.get(where)
    )


def test_the_two_are_told_apart_by_those_who_may(twins: Twins) -> None:
    """The comparison itself can fail: the office does see the difference."""
    for deployment, status in ((twins.without, 404), (twins.with_accusation, 200)):
        deployment.add_staff("office", ("BGS", Role.OFFICE), display="办公室的人")
        client = deployment.officer("office")
        assert client.get(f"/staff/cases/{twins.number}").status_code == status

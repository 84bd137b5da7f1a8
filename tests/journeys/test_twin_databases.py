"""Two databases, alike but for one tip-off against a unit: signed in as that unit, every address
of the site by every method answers byte for byte the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intake.cases.case import Channel, Identity
from intake.draft import Draft
from intake.register import register
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.settings import Settings
from portal.foundation.staff import Role
from tests.deployments import Deployment

NOW = datetime(2022, 7, 4, 2, 0, tzinfo=UTC)
READ_AND_SENT = ("GET", "POST")
# No address knows the last three: what one of them is answered, all are.
UNKNOWN = ("DELETE", "PATCH", "PUT")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", UNKNOWN[0])
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


@pytest.fixture
def twins(deployment: Deployment, tmp_path: Path) -> Iterator[tuple[Deployment, Deployment, str]]:
    """The two deployments, and the number of the accusing case that only the second has."""
    with clock.stopped_at(NOW):
        deployment.add_staff("accused", *(("MZ", role) for role in ROLES), display="什么都管")
        accused_too = ("MZ", Role.OFFICER)
        deployment.add_staff("both", accused_too, ("BGS", Role.OFFICE), display="两边兼职")
        deployment.add_staff("audit", accused_too, ("SJ", Role.AUDITOR), display="审计兼职")
        with deployment.database.writing() as session:
            register(session, ORDINARY)
        deployment.close()
        shutil.copytree(deployment.settings.data_dir, tmp_path / "twin")
        twin = Deployment(Settings.from_environment(_environ(deployment, tmp_path / "twin")))
        with twin.database.writing() as session:
            case = register(session, ACCUSATION).case
        assert case.unit_code == "BGS"
        yield deployment, twin, case.number
        twin.close()


def _environ(deployment: Deployment, folder: Path) -> dict[str, str]:
    settings = deployment.settings
    return {
        "DATA_DIR": str(folder),
        "DEMO": "1",
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_NUMBER": settings.twilio_number,
    }


def addresses(app: Flask, numbers: list[str]) -> list[str]:
    """Every address of a site, with case numbers, codes and ids filled in, and some queries."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue  # Files of the checkout, the same for everybody.
        for number in numbers:
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
    client: FlaskClient, paths: list[str], token: str, methods: Sequence[str] = METHODS
) -> dict[tuple[str, str], bytes]:
    """What every address answers to every method."""
    answers = {}
    for path in paths:
        for method in methods:
            if path.startswith(("/staff/sign-out", "/staff/account/end")) and method == "POST":
                continue  # These end the very sign-in that the test walks with.
            data = {"csrf_token": token, "version": "1"} if method == "POST" else None
            # A server closes what it has answered, whether anybody read it or not.
            with client.open(path, method=method, data=data) as answer:
                head = f"{answer.status} {sorted(answer.headers)}".encode()
                answers[method, path] = RANDOM.sub(rb"\1", head + b"\n" + answer.data)
    return answers


@pytest.mark.parametrize(
    ("name", "methods"),
    # How an address answers the other methods doesn't hang on who asks besides.
    [("accused", METHODS), ("both", READ_AND_SENT), ("audit", READ_AND_SENT)],
    ids=["accused", "both", "audit"],
)
def test_the_accused_cant_tell_which_of_the_two_he_is_in(
    twins: tuple[Deployment, Deployment, str], name: str, methods: Sequence[str]
) -> None:
    without, with_accusation, number = twins
    seen = []
    for deployment in (without, with_accusation):
        assert not any(
            set(UNKNOWN) & (rule.methods or set()) for rule in deployment.staff.url_map.iter_rules()
        )
        client = deployment.officer(name)
        account = client.get("/staff/account").get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', account)
        assert token
        paths = addresses(deployment.staff, [number, "JH00000000"])
        answers = everything(client, paths, token[1], methods)
        # Each twin has a token of its own; all else must be the same to the byte.
        seen.append({k: v.replace(token[1].encode(), b"") for k, v in answers.items()})
    assert len(seen[0]) > 200
    different = [where for where, answer in seen[0].items() if answer != seen[1][where]]
    assert different == []


def test_the_public_site_tells_nobody(twins: tuple[Deployment, Deployment, str]) -> None:
    without, with_accusation, number = twins
    seen = []
    for deployment in (without, with_accusation):
        client = deployment.citizen()
        paths = addresses(deployment.public, [number])
        seen.append(everything(client, paths, ""))
    different = [where for where, answer in seen[0].items() if answer != seen[1][where]]
    assert different == []


def test_the_two_are_told_apart_by_those_who_may(twins: tuple[Deployment, Deployment, str]) -> None:
    """The comparison itself can fail: the office does see the difference."""
    without, with_accusation, number = twins
    for deployment, status in ((without, 404), (with_accusation, 200)):
        deployment.add_staff("office", ("BGS", Role.OFFICE), display="办公室的人")
        client = deployment.officer("office")
        assert client.get(f"/staff/cases/{number}").status_code == status

"""Where a scanner is named, staff take no file that it wasn't asked about; the words beside it
stand whatever it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from socket import AF_UNIX, socket
from time import monotonic

import pytest
from sqlalchemy import func, select

from admin.files.scanned_files import ScannedFiles
from admin.hand_over.enclosed import enclosed_files
from admin.system.doctor import findings
from intake.cases.case import Case
from intake.cases.message import MessageKind
from intake.correspondence import read_as_unit
from portal.foundation.database_busy import DatabaseBusy
from tests.admin.desk.people import Desks
from tests.admin.desk.test_files import SEEN, offered, stored, with_file
from tests.admin.filing.test_filing import opened, over, press
from tests.admin.referrals.steps import passphrase_in
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.fake_clamd import HARMFUL, FakeClamd, fake_clamd
from tests.pages.checks import check_html
from tests.templates import Templates


@pytest.fixture
def scanner() -> Iterator[FakeClamd]:
    """A stand-in for clamd."""
    with fake_clamd() as made:
        yield made


@pytest.fixture
def desks(templates: Templates, scanner: FakeClamd, tmp_path: Path) -> Iterator[Desks]:
    """The staff of a deployment that asks it."""
    named = {"CLAMD_SOCKET": str(scanner.place)}
    campaign = CAMPAIGNS / "jianghan-2022"
    with templates.copy(campaign, "sqlite", tmp_path / "data", **TWILIO, **named) as deployment:
        yield Desks(deployment)


def file_of(desks: Desks, number: str) -> str:
    """The address of the one file of a case."""
    (address,) = offered(desks.get("mz-officer", f"/staff/cases/{number}").text)
    return address


def test_a_harmless_file_is_asked_about_and_handed_out(desks: Desks, scanner: FakeClamd) -> None:
    address = file_of(desks, with_file(desks))
    assert desks.get("mz-officer", address).data == SEEN
    assert scanner.asked == [SEEN]


@pytest.mark.parametrize("way", ["", "/pages/1/picture"])
def test_a_harmful_one_is_handed_to_nobody_and_its_words_stand(desks: Desks, way: str) -> None:
    number = with_file(desks, files=(stored(desks, content=b"GIF" + HARMFUL),))
    address = file_of(desks, number)
    answer = desks.get("mz-officer", f"{address}{way}")
    assert answer.status_code == 410
    assert check_html(answer.text) == []
    assert "查出了有害的东西" in answer.text
    assert "不要为这个责怪他" in answer.text
    assert HARMFUL not in answer.data
    assert "高龄津贴" in desks.get("mz-officer", f"/staff/cases/{number}").text


def test_a_package_goes_without_it_and_says_so(desks: Desks, scanner: FakeClamd) -> None:
    number = with_file(desks, files=(stored(desks), stored(desks, "表.jpg", content=HARMFUL)))
    settings = desks.deployment.settings
    with desks.deployment.database.reading() as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        units = frozenset({case.unit_code})
        letters = read_as_unit(session, case, units, [MessageKind.WORDS])
        store = ScannedFiles(settings.files_dir, scanner.place)
        enclosed = list(enclosed_files(letters, store))
    assert enclosed == [
        ("附件01.jpg", "存折.jpg", SEEN),
        ("附件02.jpg", "表.jpg（查出有害）", None),
    ]


def test_who_is_another_units_learns_nothing_of_it(desks: Desks, scanner: FakeClamd) -> None:
    address = file_of(desks, with_file(desks, files=(stored(desks, content=HARMFUL),)))
    assert desks.get("rs-officer", address).status_code == 404
    assert scanner.asked == []


def test_where_the_scanner_is_away_files_are_held_and_come_back(
    desks: Desks, scanner: FakeClamd
) -> None:
    address = file_of(desks, with_file(desks))
    scanner.go()
    answer = desks.get("mz-officer", address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert check_html(answer.text) == []
    assert "文件还在，没有丢" in answer.text
    assert state(desks.deployment) == "scanner away, files are held"
    assert "杀毒程序没有回答" in found(desks.deployment)

    scanner.come()
    assert desks.get("mz-officer", address).data == SEEN
    assert state(desks.deployment) == "ok"
    assert "杀毒程序没有回答" not in found(desks.deployment)


def test_what_it_takes_for_too_long_is_held_too(desks: Desks) -> None:
    address = file_of(desks, with_file(desks, files=(stored(desks, content=bytes(1_100_000)),)))
    assert desks.get("mz-officer", address).status_code == 503


def test_others_write_while_the_files_of_a_package_are_asked_about(
    desks: Desks, scanner: FakeClamd
) -> None:
    """A scanner that takes its time would else keep every citizen from reporting."""
    harmful, wrote = stored(desks, content=b"GIF" + HARMFUL), []
    number = over(desks, with_file(desks, files=(stored(desks), harmful)))
    desks.at("office")

    def write() -> None:
        with suppress(DatabaseBusy), desks.deployment.database.writing(within=0.5) as session:
            session.execute(select(func.count()).select_from(Case))
            wrote.append(number)

    scanner.meanwhile = write
    taken = press(desks, "office", number, "file", all_the_same="y")
    assert (taken.status_code, taken.mimetype) == (200, "application/zip")
    assert len(scanner.asked) == len(wrote) == 2
    passphrase = passphrase_in(press(desks, "office-head", number, "passphrase").text)
    files = opened(taken.data, passphrase)
    assert SEEN in files.values()
    assert not any(HARMFUL in content for content in files.values())
    assert "查出有害" in files["附件.txt"].decode("utf-8-sig")


def test_a_scanner_that_hangs_is_given_up_soon(desks: Desks, scanner: FakeClamd) -> None:
    address = file_of(desks, with_file(desks))
    scanner.go()
    with socket(AF_UNIX) as silent:
        silent.bind(str(scanner.place))
        silent.listen()
        begun = monotonic()
        assert desks.get("mz-officer", address).status_code == 503
        assert monotonic() - begun < 10
    scanner.place.unlink()


def test_without_the_setting_nobody_is_asked(deployment: Deployment) -> None:
    desks = Desks(deployment)
    address = file_of(desks, with_file(desks, files=(stored(desks, content=HARMFUL),)))
    assert desks.get("mz-officer", address).data == HARMFUL
    assert "scanner" not in deployment.staff.test_client().get("/readyz").text


def state(deployment: Deployment) -> str:
    """What the staff site says of the scanner."""
    said: str = deployment.staff.test_client().get("/readyz").json["scanner"]  # type: ignore[index]
    return said


def found(deployment: Deployment) -> str:
    """What the doctor says on the page."""
    with deployment.database.reading() as session:
        return "；".join(one.official for one in findings(session, deployment.settings))

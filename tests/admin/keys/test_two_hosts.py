"""Keys that are turned while the public site has a host of its own, with copies of what every
process reads and no master key. The copies are renewed after each turn, as docs/deploy.md says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copy2

import pytest

from admin.system.event_audit import verify
from intake.cases.case import Case
from tests.admin.desk.people import Desks
from tests.admin.keys.known_again import Sent, count, later
from tests.conftest import TWILIO
from tests.deployments import CAMPAIGNS, Deployment
from tests.intake.pages.journey import form_page, opened, send, show
from tests.templates import Templates

_COPIED = ("pins.json", "intake.key")
_TURNED = ("--master", "--signing", "--worker", "--intake")


@dataclass
class TwoHosts:
    """The staff host, and the folder of the public one."""

    staff: Deployment
    data_dir: Path

    def copies(self, *names: str) -> None:
        """Carry files to the public host."""
        for name in names:
            copy2(self.staff.settings.shared_dir / name, self.data_dir / "shared" / name)

    @contextmanager
    def public(self) -> Iterator[Deployment]:
        """The public host while it runs."""
        here = self.data_dir / "shared"
        running = Deployment(
            replace(
                self.staff.settings,
                data_dir=self.data_dir,
                parts=frozenset({"public"}),
                master_key_file=self.data_dir / "keys" / "master.key",
                secret_key_file=here / "secret.key",
                intake_key_file=here / "intake.key",
            )
        )
        yield running
        running.close()


@pytest.fixture
def hosts(templates: Templates, tmp_path: Path) -> Iterator[TwoHosts]:
    """A pair on PostgreSQL."""
    with templates.lend(CAMPAIGNS / "jianghan-2022", "postgresql", **TWILIO) as staff:
        for name in ("database", "shared"):
            (tmp_path / name).mkdir()
        pair = TwoHosts(staff, tmp_path)
        pair.copies("secret.key", *_COPIED)
        yield pair


def test_what_was_and_what_comes_opens_after_each_turn(hosts: TwoHosts) -> None:
    desks = Desks(hosts.staff)
    with hosts.public() as public:
        sent = Sent(public)
    for beside, kind in enumerate(_TURNED):
        said = hosts.staff.run("keys", "rotate", kind)
        assert said.exit_code == 0, said.output
        hosts.copies(*_COPIED)
        with hosts.public() as public:
            sent.goes_on_at(public)
            sent.again(beside=beside)
            assert show(public.citizen(), sent.receipt[1]).status == 200
            is_read_by_its_unit(desks, public, f"又少了三个月，{kind}以后")
    with later():
        assert hosts.staff.run("keys", "retire").exit_code == 0
        hosts.copies(*_COPIED)
        desks.browsers.clear()
        with hosts.public() as public:
            assert show(public.citizen(), sent.receipt[1]).status == 200
            is_read_by_its_unit(desks, public, "一个月以后又少了")
    with hosts.staff.database.reading() as session:
        assert verify(session) > 0


def is_read_by_its_unit(desks: Desks, public: Deployment, words: str) -> None:
    """Somebody writes on the public host, and the responsible unit reads it on the other."""
    client = public.citizen()
    number, code = send(client, form_page(client), words=words, policy="MZ11").receipt
    assert words in desks.get("mz-officer", f"/staff/cases/{number}").text
    assert words in show(public.citizen(), code).text


def test_what_a_host_with_old_copies_cannot_seal_it_gives_back(hosts: TwoHosts) -> None:
    """Its pins know the former signing key alone, so that it trusts no unit's key."""
    words = "忘了复制的那几天写的"
    assert hosts.staff.run("keys", "rotate", "--signing").exit_code == 0
    with hosts.public() as public:
        client = public.citizen()
        form = {**form_page(client).fields, "words": words, "policy": "MZ11"}
        refused = client.post("/report/complaint", data=form)
        assert (refused.status_code, words in refused.text) == (500, True)
        assert count(hosts.staff, Case) == 0
    hosts.copies(*_COPIED)
    with hosts.public() as public:
        client.application = public.public
        assert opened(client.post("/report/complaint", data=form)).receipt
    assert count(hosts.staff, Case) == 1

"""What the product keeps in files outlives a power cut, name and all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from admin.system.heads_out import append, kept_outside
from admin.system.outside_head import OutsideHead
from intake.attachments.store import FileStore
from intake.sms import spool
from intake.sms.matter import Inbound
from intake.vault.key_files import prepare, read_key
from portal.foundation import clock
from portal.foundation.settings import Settings
from tests.deployments import Deployment
from tests.forgetful.disk import ForgetfulDisk
from tests.services.required import may_cut_power


@pytest.fixture(scope="module")
def one_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForgetfulDisk]:
    may_cut_power()
    with ForgetfulDisk(tmp_path_factory.mktemp("disk")) as mounted:
        yield mounted


@pytest.fixture
def disk(one_disk: ForgetfulDisk) -> ForgetfulDisk:
    """The disk, with nothing on its way to it."""
    one_disk.put_all_down()
    return one_disk


def test_keys(disk: ForgetfulDisk) -> None:
    data = disk.mount / "data"
    data.mkdir()
    settings = Settings.from_environment({"DATA_DIR": str(data)})
    for folder in (data, data / "shared", data / "keys"):
        folder.mkdir(exist_ok=True)
    disk.put_all_down()
    prepare(settings)
    files = (settings.master_key_file, settings.intake_key_file, settings.secret_key_file)
    before = [read_key(file) for file in files]
    disk.cut()
    assert [read_key(file) for file in files] == before


def test_a_text_in_the_spool(disk: ForgetfulDisk, deployment: Deployment) -> None:
    vault, folder = deployment.database.session_info["vault"], disk.mount / "spool"
    came = Inbound(provider_id="SM1", sender="+8613800138000", body="高龄津贴没发")
    spool.keep(vault, folder, came, on=clock.today())
    (before,) = [file.read_bytes() for file in spool.kept(folder)]
    disk.cut()
    assert [file.read_bytes() for file in spool.kept(folder)] == [before]


def test_a_sealed_file_before_and_after_it_is_settled(disk: ForgetfulDisk) -> None:
    folder, key = disk.mount / "files", secrets.token_bytes(32)
    folder.mkdir()
    disk.put_all_down()
    store = FileStore(folder, kept_free=0)
    new = store.new(key)
    new.write(b"a photograph")
    new.keep()
    disk.cut()
    assert store.whole(new.name, key, new.size) == b"a photograph"
    store.settle(new.name)
    disk.cut()
    assert store.whole(new.name, key, new.size) == b"a photograph"


def test_a_head_outside(disk: ForgetfulDisk) -> None:
    file = disk.mount / "heads.txt"
    head = OutsideHead(b"d" * 32, 7, clock.today(), b"s" * 64, None)
    append(file, head)
    disk.cut()
    assert [one.seq for one in kept_outside(file)] == [7]

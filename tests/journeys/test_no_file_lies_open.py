"""What a citizen sends never lies on the disk in the clear, not for a moment: the kernel lets the
public process write in three folders only, and every file that is ever made there is looked at."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PIL import Image

from tests.deployments import Deployment
from tests.running import Reporter, Running
from tests.watching_folders import WatchedFolders

WHERE_TAKEN = "青萝巷口十七号门前"
SAID = "这句话录在手机里"
# Longer than what Werkzeug keeps in memory of itself.
_SIDE, _FRAMES = 900, 3_000


def photograph(folder: Path) -> bytes:
    """A large photograph that says where it was taken."""
    noise = os.urandom(_SIDE * _SIDE * 3)
    exif = Image.Exif()
    exif[0x010E] = WHERE_TAKEN
    file = folder / "one.jpg"
    Image.frombytes("RGB", (_SIDE, _SIDE), noise).save(file, "JPEG", exif=exif, quality=90)
    return file.read_bytes()


def recording() -> bytes:
    """A long recording, in whose frames something can be read."""
    frame = b"\xff\xfb\x90\x64" + SAID.encode().ljust(413, b"\0")
    return frame * _FRAMES


def test_nothing_of_a_file_touches_the_disk_in_the_clear(
    deployment: Deployment, tmp_path: Path
) -> None:
    photo, sound = photograph(tmp_path), recording()
    with (
        Running(deployment) as running,
        Reporter(running.public_url) as reporter,
        WatchedFolders(writable(deployment, running)) as watched,
    ):
        fields = {**reporter.form(), "words": "照片和录音在后面"}
        files = [("files", ("名字也不该看到.jpg", photo)), ("files", ("录音.mp3", sound))]
        page = reporter.client.post("/report/complaint", data=fields, files=files).text
        contents = watched.contents()
        sealed = [name for name in watched.names if "/files/new/" in name]

        assert "照片和文件收到了2个" in page
        # The photograph as it came, the same made anew, and the recording.
        assert len(sealed) >= 3
        assert sum(len(contents[name]) for name in sealed) > len(photo) + len(sound)
        for secret in (
            WHERE_TAKEN.encode(),
            SAID.encode(),
            photo[5000:5064],
            "名字也".encode(),
        ):
            assert [name for name, content in contents.items() if secret in content] == []


def writable(deployment: Deployment, running: Running) -> list[Path]:
    """Where the public process may write (`admin/system/confinement.py`)."""
    environ = Path(f"/proc/{running.public_pids()[0]}/environ").read_bytes().split(b"\0")
    scratch = next(one[len(b"TMPDIR=") :] for one in environ if one.startswith(b"TMPDIR="))
    settings = deployment.settings
    return [settings.database_dir, settings.files_dir, Path(scratch.decode())]


def test_what_is_written_in_the_clear_and_deleted_at_once_is_seen(tmp_path: Path) -> None:
    with WatchedFolders([tmp_path]) as watched:
        (tmp_path / "below").mkdir()
        file = tmp_path / "spooled"
        with file.open("wb") as stream:
            stream.write(WHERE_TAKEN.encode())
            stream.flush()
            while not watched.names:
                time.sleep(0.01)
            file.unlink()
        assert any(WHERE_TAKEN.encode() in content for content in watched.contents().values())

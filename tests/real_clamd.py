"""`python -m tests.real_clamd`: ask ClamAV's own server as the staff site does, with a signature of
our own for the EICAR test file. Exit status 1 where it answers otherwise than it should, 2 where it
isn't here.

No part of `make test`: it needs Debian's `clamav-daemon`. What the signatures of the day know isn't
tried, only that they are asked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from admin.files.clamd import ScannerAway, answers, is_harmful
from tests.patience import PATIENCE

# In two pieces, so that no scanner takes this file for it.
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_MOST = "1M"


def main() -> int:
    """Start it, ask, and say what it answered."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        sys.stderr.write("sudo apt-get install --no-install-recommends clamav-daemon\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="clamd-", dir="/tmp") as name:  # Private.
        folder = Path(name)
        place = folder / "clamd.ctl"
        command = [program, f"--config-file={_settings(folder, place)}"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            try:
                _wait(place)
                said = _asked(place)
            finally:
                server.terminate()
    for what, (is_right, answer) in said.items():
        sys.stdout.write(f"{'ok' if is_right else 'WRONG'}: {what}: {answer}\n")
    return 0 if all(is_right for is_right, _ in said.values()) else 1


def _settings(folder: Path, place: Path) -> Path:
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "local.ndb").write_text(f"Local.EICAR:0:*:{_EICAR.hex()}\n")
    lines = [
        f"DatabaseDirectory {signatures}",
        f"LocalSocket {place}",
        "Foreground yes",
        f"StreamMaxLength {_MOST}",
        f"TemporaryDirectory {folder}",
    ]
    made = folder / "clamd.conf"
    made.write_text("\n".join([*lines, ""]))
    return made


def _wait(place: Path) -> None:
    last_moment = time.monotonic() + PATIENCE
    while not answers(place):
        if time.monotonic() > last_moment:
            raise RuntimeError("clamd didn't start")
        time.sleep(0.1)


def _asked(place: Path) -> dict[str, tuple[bool, str]]:
    """What was asked, with whether the answer is right, and the answer."""
    plain = is_harmful(place, [b"a photograph"])
    hidden = is_harmful(place, [b"before ", _EICAR[:20], _EICAR[20:], b" behind"])
    try:
        is_harmful(place, [bytes(2_000_000)])
        too_long = "taken"
    except ScannerAway as error:
        too_long = str(error)
    return {
        "a harmless file": (not plain, "harmful" if plain else "nothing found"),
        "the EICAR file within another": (hidden, "harmful" if hidden else "nothing found"),
        "more than it takes": (too_long != "taken", too_long),
    }


if __name__ == "__main__":
    sys.exit(main())

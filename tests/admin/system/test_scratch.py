"""The private folder of a running product."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from admin.system.scratch import scratch_folder

_PATIENCE = 20.0
_HOLDS_ONE = """
import sys
from pathlib import Path
from admin.system.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1])) as folder:
    (folder / "public").mkdir()
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_it_is_private_and_goes_with_its_product(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        assert folder.parent == tmp_path
        assert folder.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_product_left_is_removed_and_no_other_s(tmp_path: Path) -> None:
    foreign = tmp_path / "huimin-tests-x"
    foreign.mkdir()
    command = [sys.executable, "-c", _HOLDS_ONE, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        left = Path(other.stdout.readline().decode().strip())
        with scratch_folder(tmp_path):
            assert (left / "public").is_dir()
        other.kill()
        other.wait(_PATIENCE)
        with scratch_folder(tmp_path) as ours:
            assert {one.name for one in tmp_path.iterdir()} == {ours.name, foreign.name}

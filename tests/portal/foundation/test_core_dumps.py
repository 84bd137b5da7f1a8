"""A process of ours that falls leaves nothing of its memory, to no file and to no program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

# As many bytes as it likes: what is refused isn't refused by the limit.
_FALL = "import os, resource; {}; os.chdir({!r}); os.abort()"
_UNLIMITED = "resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)"


def leaves_a_core(before: str, folder: Path) -> bool:
    """Whether a process that does this and falls leaves its memory."""
    words = _FALL.format(f"{_UNLIMITED}; {before}", str(folder))
    fallen = subprocess.Popen(
        [sys.executable, "-c", words],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(folder / "data")},
        stderr=subprocess.DEVNULL,
    )
    _, status = os.waitpid(fallen.pid, 0)
    fallen.returncode = os.waitstatus_to_exitcode(status)
    assert os.WIFSIGNALED(status), status
    return os.WCOREDUMP(status)


def test_nothing_is_left_of_a_command_a_site_or_the_worker(tmp_path: Path) -> None:
    if not leaves_a_core("None", tmp_path):
        pytest.skip("This machine keeps nothing of any process that falls.")
    assert not leaves_a_core("import wsgi; wsgi.create_app()", tmp_path)

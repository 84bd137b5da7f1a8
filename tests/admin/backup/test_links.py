"""What somebody who writes to the files has laid there to be read by whoever backs up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from admin.backup.checking import check
from admin.backup.refused import Refused
from admin.backup.taking import take_backup
from tests.admin.backup.machines import report_with_photo
from tests.deployments import Deployment


def test_no_link_is_followed(deployment: Deployment, tmp_path: Path) -> None:
    report_with_photo(deployment)
    files, spool = deployment.settings.files_dir, deployment.settings.spool_dir
    secret = tmp_path / "secret"
    secret.write_bytes(b"what only the operator reads")
    for folder in (spool, files / "ab"):
        folder.mkdir(exist_ok=True)
    laid = [files / "new" / ("1" * 32), spool / f"{'2' * 64}.text", files / "ab" / ("ab" * 16)]
    laid[0].symlink_to(secret)
    laid[1].symlink_to(secret)
    os.mkfifo(laid[2])

    taken = take_backup(deployment.settings, tmp_path / "one.backup")
    assert taken.skipped == 3
    assert check(tmp_path / "one.backup") == taken.manifest
    assert (taken.manifest.files, taken.manifest.texts, taken.manifest.lacking) == (1, 0, 0)
    assert secret.read_bytes() not in (tmp_path / "one.backup").read_bytes()

    laid.append(files / "cd")
    laid[3].symlink_to(tmp_path)
    with pytest.raises(Refused, match="cd is a link"):
        take_backup(deployment.settings, tmp_path / "two.backup")
    assert not (tmp_path / "two.backup").exists()
    # The deployment is lent to others after this.
    for one in laid:
        one.unlink()

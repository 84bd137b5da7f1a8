"""A key file that can't be used stops the start with one line that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.vault.key_files import read_key
from portal.foundation.settings import UnusableSetting

KEY = bytes(range(32))


def written(folder: Path, text: str, mode: int = 0o400) -> Path:
    file = folder / "a.key"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_a_sound_key_is_read(tmp_path: Path) -> None:
    assert read_key(written(tmp_path, f"{KEY.hex()}\n")) == KEY


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        (KEY.hex(), 0o404, "may be read by everybody"),
        (KEY.hex(), 0o402, "may be read by everybody"),
        (KEY.hex()[:-2], 0o400, "doesn't hold a key of 32 bytes"),
        (KEY.hex() * 2, 0o400, "doesn't hold a key of 32 bytes"),
        ("", 0o400, "doesn't hold a key of 32 bytes"),
        ("no key at all", 0o400, "can't be read"),
    ],
)
def test_a_key_that_cant_be_used_is_named(tmp_path: Path, text: str, mode: int, why: str) -> None:
    file = written(tmp_path, text, mode)
    with pytest.raises(UnusableSetting, match=why) as refused:
        read_key(file)
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not text or text not in str(refused.value)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableSetting, match="can't be read: FileNotFoundError"):
        read_key(tmp_path / "none.key")

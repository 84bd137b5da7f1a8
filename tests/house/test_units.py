"""The units for systemd that we ship close what the product doesn't need."""

from __future__ import annotations

from pathlib import Path

import pytest

UNITS = {
    file.stem: file for file in (Path(__file__).parents[2] / "deploy" / "systemd").glob("*.service")
}
# The staff site's worker calls providers and a mail server, and so does the daily check.
STAY_HERE = {"huimin-public", "huimin-backup"}


def said(unit: str) -> dict[str, list[str]]:
    """The lines of a unit, by their names."""
    found: dict[str, list[str]] = {}
    for line in UNITS[unit].read_text("utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_all_four_are_there() -> None:
    assert set(UNITS) == {f"huimin-{name}" for name in ("public", "staff", "backup", "verify")}


@pytest.mark.parametrize("unit", UNITS)
def test_the_history_of_the_code_is_closed(unit: str) -> None:
    (closed,) = said(unit)["InaccessiblePaths"]
    assert "-/opt/huimin/.git" in closed.split()


@pytest.mark.parametrize("unit", UNITS)
def test_who_needs_no_key_reaches_none(unit: str) -> None:
    """Wherever `MASTER_KEY_FILE` points: as we ship it, or by default."""
    (closed,) = said(unit)["InaccessiblePaths"]
    keys = {"-/etc/huimin/keys", "-/var/lib/huimin/keys"}
    assert keys & set(closed.split()) == (keys if unit in STAY_HERE else set())


@pytest.mark.parametrize("unit", UNITS)
def test_who_needs_no_net_has_none(unit: str) -> None:
    lines = said(unit)
    denied = (lines.get("IPAddressDeny"), lines.get("IPAddressAllow"))
    assert denied == ((["any"], ["localhost"]) if unit in STAY_HERE else (None, None))


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_is_written_but_the_data(unit: str) -> None:
    lines = said(unit)
    assert lines["ProtectSystem"] == ["strict"]
    assert lines["NoNewPrivileges"] == ["yes"]
    assert lines["CapabilityBoundingSet"] == [""]
    (writable,) = lines["ReadWritePaths"]
    assert all(
        one.startswith(("/var/lib/huimin", "/var/backups/huimin", "/etc/huimin/keys"))
        for one in writable.split()
    )
    assert ("/etc/huimin/keys" in writable) == (unit == "huimin-staff")

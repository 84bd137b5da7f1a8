"""What isn't exactly a backup of ours is refused, and nothing is written."""

from __future__ import annotations

import io
import random
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from admin.backup.checking import check
from admin.backup.refused import Refused
from admin.backup.restoring import restore
from admin.backup.taking import take_backup
from tests.admin.backup.machines import data_of, empty_machine, report_with_photo
from tests.deployments import CAMPAIGNS, Deployment
from tests.templates import Templates

_BLOCK = 512


@pytest.fixture(scope="module")
def whole(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup with a file in it."""
    file = tmp_path_factory.mktemp("backup") / "one.backup"
    with templates.lend(CAMPAIGNS / "jianghan-2022", "sqlite") as source:
        report_with_photo(source)
        take_backup(source.settings, file)
    return file.read_bytes()


class Taken(NamedTuple):
    """A backup, and at how many drawn places of it a bit is changed: anywhere, and in its heads,
    its list and its end."""

    whole: bytes
    anywhere: int
    at_its_ends: int


@pytest.fixture(params=["sqlite", "postgresql"])
def on_each(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Taken:
    """One from each database. At fewer places on PostgreSQL: the archive around it is the same."""
    if request.param == "sqlite":
        return Taken(request.getfixturevalue("whole"), 60, 200)
    request.getfixturevalue("tools")
    with templates.lend(CAMPAIGNS / "jianghan-2022", "postgresql") as source:
        report_with_photo(source)
        take_backup(source.settings, tmp_path / "one.backup")
    return Taken((tmp_path / "one.backup").read_bytes(), 20, 20)


def test_one_changed_bit_is_refused_wherever_it_is(on_each: Taken, tmp_path: Path) -> None:
    drawn, file = random.Random(63), tmp_path / "flipped"  # noqa: S311  # Drawn places.
    whole = on_each.whole
    # Most of it is the database; its heads, its list and its end are short.
    ends = [*range(_BLOCK), *range(len(whole) - 14 * _BLOCK, len(whole))]
    places = drawn.sample(range(len(whole)), on_each.anywhere)
    places += drawn.sample(ends, on_each.at_its_ends)
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << drawn.randrange(8)
        file.write_bytes(flipped)
        with pytest.raises(Refused):
            check(file)
    file.write_bytes(whole)
    assert check(file).files == 1


def test_a_cut_or_lengthened_one_is_refused(on_each: Taken, tmp_path: Path) -> None:
    file, whole = tmp_path / "cut", on_each.whole
    for other in (whole[:-1], whole[: -2 * _BLOCK], whole[: len(whole) // 2], b"", whole + b"\0"):
        file.write_bytes(other)
        with pytest.raises(Refused):
            check(file)


def test_the_member_is_named_and_nothing_is_written(
    whole: bytes, deployment: Deployment, tmp_path: Path
) -> None:
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 4
    file = tmp_path / "flipped"
    file.write_bytes(flipped)
    machine = empty_machine(tmp_path / "machine", keys_of=deployment.settings)

    with pytest.raises(Refused, match=r"database\.sqlite3\.gz is damaged: "):
        restore(machine.settings, file)
    assert data_of(machine) == []


def test_what_acts_by_itself_isnt_taken_over(deployment: Deployment, tmp_path: Path) -> None:
    acting = (
        "SELECT name FROM sqlite_schema"
        " WHERE type NOT IN ('table', 'index') OR sql LIKE '%ON CONFLICT%'"
    )
    with closing(sqlite3.connect(deployment.settings.database_file)) as there:
        (made,) = there.execute("SELECT sql FROM sqlite_schema WHERE name = 'bar'").fetchone()
        hostile = made.rpartition(")")[0] + ", UNIQUE (unit_code) ON CONFLICT IGNORE)"
        there.executescript(
            f"DROP TABLE bar; {hostile}; CREATE VIEW b AS SELECT 1;"
            "CREATE TRIGGER a AFTER INSERT ON event BEGIN DELETE FROM bar; END"
        )
        assert len(there.execute(acting).fetchall()) == 3
    take_backup(deployment.settings, tmp_path / "one.backup")
    machine = empty_machine(tmp_path / "machine", keys_of=deployment.settings)

    restore(machine.settings, tmp_path / "one.backup")
    with closing(sqlite3.connect(machine.settings.database_file)) as there:
        assert there.execute(acting).fetchall() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("CREATE TABLE other (id INTEGER)", "other tables"),
        ("ALTER TABLE bar RENAME COLUMN named TO other", "isn't one of ours"),
        ("UPDATE unit SET name = NULL", "don't fit"),
        ("INSERT INTO former_unit_key SELECT 'none', 1, 1, 1, 1, 1, 1", "refers to none"),
    ],
)
def test_rows_of_other_tables_are_refused(
    deployment: Deployment, tmp_path: Path, change: str, said: str
) -> None:
    """A forger's file keeps none of our rules; its rows have to all the same."""
    file = deployment.settings.database_file
    with closing(sqlite3.connect(file)) as there:
        there.executescript(
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema"
            " SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'unit'"
        )
    with closing(sqlite3.connect(file)) as there:
        there.executescript(change)
    take_backup(deployment.settings, tmp_path / "one.backup")
    machine = empty_machine(tmp_path / "machine")

    with pytest.raises(Refused, match=said):
        restore(machine.settings, tmp_path / "one.backup")
    assert data_of(machine) == []


def _link(info: tarfile.TarInfo) -> None:
    info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0


def _hard_link(info: tarfile.TarInfo) -> None:
    info.type, info.linkname, info.size = tarfile.LNKTYPE, "../../outside", 0


def _above(info: tarfile.TarInfo) -> None:
    info.name = "files/../../outside"


def _absolute(info: tarfile.TarInfo) -> None:
    info.name = "/tmp/outside"  # noqa: S108


def _key(info: tarfile.TarInfo) -> None:
    info.name = "keys/master.key"


def _of_root(info: tarfile.TarInfo) -> None:
    info.mode = 0o4755


@pytest.mark.parametrize("change", [_link, _hard_link, _above, _absolute, _key, _of_root])
def test_what_leads_elsewhere_is_refused(
    whole: bytes, change: Callable[[tarfile.TarInfo], None], tmp_path: Path
) -> None:
    crafted = tmp_path / "crafted"
    with (
        tarfile.open(fileobj=io.BytesIO(whole)) as ours,
        tarfile.open(crafted, "w", format=tarfile.GNU_FORMAT) as theirs,
    ):
        for info in ours:
            content = ours.extractfile(info)
            if info.name.startswith("files/"):
                change(info)
            theirs.addfile(info, content if info.size else None)
    machine = empty_machine(tmp_path / "machine")

    with pytest.raises(Refused, match="damaged"):
        restore(machine.settings, crafted)
    assert [one.name for one in tmp_path.iterdir()] == ["crafted"]

"""ASVS 5.0: every requirement that concerns us has its line, and what is met has tests that run.
The same for the checks of security that were agreed on."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from tests.house.named_tests import NAMED, ROOT, is_there, names_in

LIST, PAGE = ROOT / "docs" / "asvs.csv", ROOT / "docs" / "security-checks.md"
# Of each chapter, how many requirements the standard has on level 1 and on level 2. OAuth (10) and
# WebRTC (17) are left out: the product has neither.
COUNTS = {
    1: (8, 19), 2: (4, 7), 3: (8, 11), 4: (2, 8), 5: (4, 5), 6: (13, 22), 7: (6, 12), 8: (4, 3),
    9: (4, 3), 11: (3, 11), 12: (3, 6), 13: (1, 12), 14: (2, 7), 15: (3, 10), 16: (0, 16),
}  # fmt: skip
# Of level 3, those that were chosen.
CHOSEN = {
    "1.2.10", "2.4.2", "3.4.8", "3.5.8", "4.1.4", "5.2.6", "5.3.3", "6.3.8", "6.5.8", "11.2.4",
    "14.2.6", "14.2.7", "14.2.8", "15.4.1", "15.4.2", "15.4.3", "15.4.4", "16.5.4",
}  # fmt: skip
# What must be named for each status: tests, files of docs/, or nothing.
PROOF = {"met": "tests", "partly": "any", "open": "", "documented": "docs", "not applicable": ""}
# These numbers the list of checks passes over.
CHECKS = [f"P{at:02}" for at in range(1, 49) if at not in {3, 16, 22, 38, 42}]
_SENTENCE = re.compile(r"[A-Za-z\d].{5,150}\.")
_CHECK = re.compile(r"^\| (P\d\d) \|[^|]+\|([^|]+)\|$", re.MULTILINE)
_PAGES_NAMED = re.compile(r"\]\(([a-z-]+\.md)[^)]*\)")


def rows() -> list[dict[str, str]]:
    """The list, a requirement a row."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_has_its_line() -> None:
    listed = rows()
    assert list(listed[0]) == ["id", "level", "status", "proof", "remark"]
    ids = [row["id"] for row in listed]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids, key=lambda one: [int(part) for part in one.split(".")])
    assert {row["id"] for row in listed if row["level"] == "3"} == CHOSEN
    found = Counter((int(row["id"].split(".")[0]), row["level"]) for row in listed)
    for chapter, (first, second) in COUNTS.items():
        assert (found[chapter, "1"], found[chapter, "2"]) == (first, second), chapter
    assert len(listed) == sum(map(sum, COUNTS.values())) + len(CHOSEN) == 235


def faults(row: dict[str, str]) -> list[str]:
    """What is wrong with a line."""
    if row["status"] not in PROOF:
        return [f"{row['id']}: {row['status']} is no status"]
    wanted, named = PROOF[row["status"]], row["proof"].split()
    found = [] if _SENTENCE.fullmatch(row["remark"]) else ["its remark is no short sentence"]
    if named and not wanted:
        found.append("only what is there can be proved")
    if wanted in {"tests", "docs"} and not named:
        found.append("it names no proof")
    for one in named:
        file, _, test = one.partition("::")
        if wanted == "docs":
            good = one.startswith("docs/") and (ROOT / one).is_file()
        else:
            good = bool(test) and is_there(file, test)
        found += [] if good else [f"{one} isn't there or isn't run"]
    return [f"{row['id']}: {fault}" for fault in found]


def test_every_line_is_proved_as_its_status_asks() -> None:
    assert [fault for row in rows() for fault in faults(row)] == []


@pytest.mark.parametrize(
    ("status", "proof"),
    [
        ("met", ""),
        ("met", "tests/house/test_asvs.py"),
        ("met", "tests/house/test_asvs.py::test_that_was_renamed"),
        ("met", "tests/house/test_that_was_moved.py::test_every_requirement_has_its_line"),
        ("met", "tests/portal/publicity/test_pdf.py::test_it_is_skipped_without_a_font"),
        ("met", "docs/asvs.csv"),
        ("partly", "tests/house/test_asvs.py::test_that_was_renamed"),
        ("open", "tests/house/test_asvs.py::test_every_requirement_has_its_line"),
        ("documented", ""),
        ("documented", "docs/that-was-moved.md"),
        ("nearly", ""),
    ],
)
def test_a_line_without_its_proof_is_noticed(status: str, proof: str) -> None:
    row = {"id": "1.1.1", "status": status, "proof": proof, "remark": "A sentence."}
    assert faults(row) != []
    assert faults({**row, "status": "not applicable", "proof": ""}) == []


def test_every_check_is_listed_once() -> None:
    assert [check for check, _ in _CHECK.findall(PAGE.read_text("utf-8"))] == CHECKS


def test_each_check_is_proved_or_says_what_is_missing() -> None:
    wrong: list[str] = []
    for check, proof in _CHECK.findall(PAGE.read_text("utf-8")):
        named, pages = NAMED.findall(proof), _PAGES_NAMED.findall(proof)
        wrong += [f"{check}: {'::'.join(one)}" for one in named if not is_there(*one)]
        wrong += [f"{check}: {page}" for page in pages if not (ROOT / "docs" / page).is_file()]
        if proof.count("`tests/") != len(named):
            wrong.append(f"{check}: a name can't be read")
        if not (named or pages or re.search(r"open: \w", proof)):
            wrong.append(f"{check}: name a test or say what is missing")
    assert wrong == []


def test_what_is_kept_from_running_proves_nothing() -> None:
    here = "tests/house/test_asvs.py"
    assert is_there(here, "test_every_check_is_listed_once")
    assert not is_there(here, "test_that_was_renamed")
    # The one test of this file that is skipped without a Chinese font, and a file that is skipped.
    walls = names_in("tests/admin/system/test_confinement.py")
    assert "test_the_master_key_is_closed" in walls
    assert "test_a_poster_is_set_within_the_walls" not in walls
    assert not names_in("tests/portal/publicity/test_pdf.py")

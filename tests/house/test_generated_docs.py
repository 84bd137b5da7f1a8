"""What docs/ says about the code is made from the code, and every path it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from admin.system.generated_docs import generated_pages, renew, stale
from tests.deployments import Deployment

ROOT = Path(__file__).parents[2]
WRITTEN = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
# Written like a file of ours, but met on a machine or in a campaign of its own.
_PART = re.compile(r"^(portal|intake|admin|templates|tests|campaigns|migrations|docs|bench)/")
# Pictures are made by the journey test.
_MADE_BY_TESTS = "docs/screenshots/"


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_generated_pages_are_renewed(deployment: Deployment) -> None:
    assert stale(deployment.everything) == [], "the code changed: run `make docs`"


def test_renewing_writes_only_what_is_stale(deployment: Deployment, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    app = deployment.everything
    assert renew(app, tmp_path) == [page.path for page in generated_pages(app)]
    (tmp_path / "docs" / "events.md").write_text("something else")
    assert renew(app, tmp_path) == ["docs/events.md"]
    assert stale(app, tmp_path) == []


@pytest.mark.parametrize("file", WRITTEN, ids=name_of)
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text())
    ours = [link for link in links if "://" not in link]
    missing = [
        link
        for link in ours
        if not (file.parent / link).exists() and _MADE_BY_TESTS not in f"docs/{link}"
    ]
    assert not missing, "mend the link, or write the page"


@pytest.mark.parametrize("file", WRITTEN, ids=name_of)
def test_files_that_are_named_are_there(file: Path) -> None:
    named = {
        name.split(":")[0] for name in re.findall(r"`([a-z_./0-9-]+)(?::[^`]*)?`", file.read_text())
    }
    gone = [
        name for name in named if _PART.match(name) and "." in name and not list(ROOT.glob(name))
    ]
    assert not gone, "the page names a file that was moved or renamed"

"""The pages that the proxy in front shows by itself."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from tests.deployments import Deployment


def test_they_name_the_campaign_s_hotline(deployment: Deployment, tmp_path: Path) -> None:
    assert deployment.run("error-pages", str(tmp_path)).output == "ok, 3 pages\n"
    assert 'href="tel:' in (tmp_path / "busy.html").read_text()


def test_before_the_first_start_they_are_written_without_it(
    on_each_database: Deployment, tmp_path: Path
) -> None:
    """systemd has them written before the site makes its tables."""
    rename(on_each_database, "campaign", "not_yet")
    try:
        assert on_each_database.run("error-pages", str(tmp_path)).output == "ok, 3 pages\n"
    finally:
        # The next test is lent the same tables.
        rename(on_each_database, "not_yet", "campaign")
    page = (tmp_path / "busy.html").read_text()
    assert "系统正在维护" in page
    assert "tel:" not in page


def rename(deployment: Deployment, old: str, new: str) -> None:
    with deployment.database.writing() as session:
        session.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

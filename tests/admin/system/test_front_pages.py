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
    with on_each_database.database.writing() as session:
        session.execute(text("ALTER TABLE campaign RENAME TO not_yet"))
    assert on_each_database.run("error-pages", str(tmp_path)).output == "ok, 3 pages\n"
    page = (tmp_path / "busy.html").read_text()
    assert "系统正在维护" in page
    assert "tel:" not in page

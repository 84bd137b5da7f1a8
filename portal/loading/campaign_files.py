"""A campaign folder, read whole and found sound before anybody stores anything of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.foundation.refusal import Problem
from portal.loading.bad_campaign import BadCampaign, Row
from portal.loading.checks import check_manifest, check_tables
from portal.loading.manifest import FILE, Manifest, read_manifest
from portal.loading.notice_files import read_notices
from portal.loading.recipients import keep_recipients
from portal.loading.sheets import SHEETS
from portal.loading.tables import read_table


@dataclass(frozen=True)
class CampaignFiles:
    """Everything that a folder says. `tables` has the rows of each CSV file under the file's
    name."""

    manifest: Manifest
    tables: Mapping[str, tuple[Row, ...]]
    notices: tuple[Row, ...]


def read_campaign(folder: Path) -> CampaignFiles:
    """Read and check a folder without touching the database.

    Raises:
        BadCampaign: with everything that is wrong.
    """
    if not folder.is_dir():
        raise BadCampaign([Problem(str(folder), None, "there is no such folder")])
    problems: list[Problem] = []
    manifest = read_manifest(folder, problems)
    read = {sheet.file: read_table(folder, sheet, problems) for sheet in SHEETS}
    notices = read_notices(folder, problems)
    tables = {file: rows for file, rows in read.items() if rows is not None}
    # A file that can't be read as a whole would make every mention of its codes look wrong.
    if len(tables) == len(SHEETS):
        problems += check_tables(tables)
        if manifest is not None:
            problems += check_manifest(manifest, tables, notices)
    if manifest is None or problems:
        raise BadCampaign(problems or [Problem(FILE, None, "can't be read")])
    return CampaignFiles(*keep_recipients(manifest, tables), notices)

"""`python -m tests.libreoffice`: what LibreOffice makes of the files that we hand out when every
word in them begins like a formula. Exit status 1 where it found a formula, 2 where it can't be
asked.

No part of `make test`: it needs Debian's `libreoffice-calc`, 400 MB that nothing else here uses.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from admin.sheets.long_sheet import Frame, SheetRow, write_long_sheet
from portal.foundation.spreadsheets import csv_file, workbook_of
from tests.deployments import CAMPAIGNS
from tests.portal.foundation.test_spreadsheets import DANGEROUS
from tests.portal.pages.released import release
from tests.templates import Templates

_SECONDS = 300
_MORE = ['=HYPERLINK("http://127.0.0.1/";"x")', '=WEBSERVICE("http://127.0.0.1/")', " =1+1"]
_HOSTILE = [*DANGEROUS, "=cmd|' /C calc'!A0", *_MORE]
# Two cells that are formulas: where none is found in these, nothing was looked at.
_CONTROL = "control.csv"
_FORMULA = re.compile(r'table:formula="([^"]*)"')


def main() -> int:
    """Write the files, have them opened, and say what was found in each."""
    program = shutil.which("soffice")
    if program is None:
        sys.stderr.write("sudo apt-get install --no-install-recommends libreoffice-calc\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="huimin-libreoffice-") as name:
        folder = Path(name)
        for file, content in {**dict(_made()), **_handed_out(folder)}.items():
            (folder / file).write_bytes(content)
        (folder / _CONTROL).write_text("=1+1,@SUM(A1)\n=2+2,x\n")
        found = {file.name: _formulas(program, file) for file in sorted(folder.glob("*.[cx]*"))}
    for file, formulas in found.items():
        sys.stdout.write(f"{file}: {len(formulas)} formulas {' '.join(formulas)}\n")
    if not found.pop(_CONTROL):
        sys.stderr.write("It took no formula for one: nothing is shown.\n")
        return 2
    return 1 if any(found.values()) else 0


def _made() -> Iterator[tuple[str, bytes]]:
    """The three ways in which every sheet of ours is written."""
    lines = [[word, f"x\n{word}", word] for word in _HOSTILE]
    yield "short.csv", csv_file(lines)
    yield "short.xlsx", workbook_of("表", dict.fromkeys(_HOSTILE[:3], 10), lines)
    file = io.BytesIO()
    frame = Frame("表", _HOSTILE[0], _HOSTILE[1], [(word, 10) for word in _HOSTILE[:3]], _HOSTILE)
    write_long_sheet(file, frame, (SheetRow(line) for line in lines))
    yield "long.xlsx", file.getvalue()


def _handed_out(folder: Path) -> Mapping[str, bytes]:
    """Released results, as everybody fetches them from the public site."""
    templates, found = Templates(folder / "templates"), {}
    campaign = CAMPAIGNS / "jianghan-2022"
    with templates.copy(campaign, "sqlite", folder / "data") as deployment:
        with deployment.database.writing() as session:
            for number, word in enumerate(_HOSTILE):
                number_of_it = f"WT-{number:04d}"
                release(session, number_of_it, summary=word, measures=word, progress=word)
        for kind in ("csv", "xlsx"):
            answer = deployment.citizen().get(f"/data/results.{kind}")
            assert answer.status_code == 200
            found[f"results.{kind}"] = answer.data
    return found


def _formulas(program: str, file: Path) -> list[str]:
    """What LibreOffice takes for a formula in a file: its own flat format names each."""
    out = file.parent / "out"
    subprocess.run(
        [
            *(program, f"-env:UserInstallation=file://{file.parent}/profile", "--headless"),
            *("--convert-to", "fods", "--outdir", str(out), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    made = out / f"{file.stem}.fods"
    content = made.read_text(encoding="utf-8")
    made.unlink()
    # Where it opened nothing, there would be no formula either.
    assert "office:value-type" in content, f"{file.name} came out empty"
    return _FORMULA.findall(content)


if __name__ == "__main__":
    sys.exit(main())

"""An outsider's script, and what it says of a published record and of one that somebody changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from portal.published.spot_check_record import with_digest, written
from tests.admin.house import House
from tests.admin.spot_checks.rounds import drawn, frozen
from tests.running import ROOT

SCRIPT = ROOT / "docs" / "repeat-the-draw.py"
SEED = bytes(range(32))


def test_the_script_repeats_what_is_published_and_finds_every_change(
    house: House, tmp_path: Path
) -> None:
    public = house.deployment.citizen()
    number = frozen(house, SEED)
    promised = public.get(f"/spot-checks/{number}/record.json").data
    assert "还没有抽" in repeated(promised, tmp_path)[1]
    drawn(house, number)
    raw = public.get(f"/spot-checks/{number}/record.json").data
    assert repeated(raw, tmp_path) == (0, "")
    for at in range(7, len(raw), len(raw) // 5):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert repeated(changed, tmp_path)[0] == 1, at
    assert public.get("/spot-checks/repeat-the-draw.py").data == SCRIPT.read_bytes()
    # Whoever changes the digest with the rest is found out by the commits and by the draw.
    record = json.loads(raw)
    seed = {**record, "seed": "00" * 32}
    frame = {**record, "frame": [{**one, "stratum": "few"} for one in record["frame"]]}
    result = {**record, "drawn": record["drawn"][1:]}
    for forged, why in ((seed, "种子不是"), (frame, "名册不是"), (result, "抽出来的单位不一样")):
        code, said = repeated(written(with_digest(forged)), tmp_path)
        assert code == 1
        assert why in said


def repeated(raw: bytes, folder: Path) -> tuple[int, str]:
    """What the script says of a record: its exit code, and its complaint."""
    file = folder / "record.json"
    file.write_bytes(raw)
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr

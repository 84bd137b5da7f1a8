"""What the disk still holds of a case after its words were destroyed: the database's file and log,
the store, and a backup that is taken then."""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import LargeBinary, select

from admin.accounts.credential import Credential
from admin.accounts.once import EnteredOnce
from admin.accounts.staff_session import StaffSession
from admin.assessments.forgetting_remarks import REMARKS_WIPED
from admin.retention.wiping import WIPED
from admin.system import old_rows
from admin.system.old_rows import sweep_rows
from admin.system.sweeping import sweep_files, sweep_left_files
from intake.cases.attachment import Attachment
from intake.cases.case import Case
from intake.outbox.outbound_text import OutboundText
from intake.progress import look_up
from intake.rules.lifecycle import State
from intake.rules.sending import TextState
from intake.vault.compartment import Compartment
from portal.foundation import clock
from portal.foundation.database import Base
from portal.published.distribution import Distribution
from portal.published.distribution_row import DistributionRow
from tests.admin.backup.machines import report_with_photo
from tests.admin.desk.people import Desks
from tests.admin.retention.years import ENDED, night, rows_of
from tests.running import ROOT

# So many bytes of each, from its end: its head is the same for all.
_TELLING = 24
_GZIP = b"\x1f\x8b"


def pieces_of(desks: Desks, case: Case) -> set[bytes]:
    """What lies sealed of a case in every table that is wiped, by the end of each blob."""
    found = set()
    with desks.deployment.database.reading() as session:
        labelled = select(Compartment.id).where(Compartment.label == case.label)
        boxes = session.scalars(labelled).all()
        for table in (Base.metadata.tables[name] for name in WIPED):
            blobs = [one for one in table.columns if isinstance(one.type, LargeBinary)]
            if table.name == "compartment":
                wanted = select(*blobs).where(table.c.id.in_(boxes))
            elif table.name == "compartment_key":
                wanted = select(*blobs).where(table.c.compartment_id.in_(boxes))
            elif "case_id" in table.c and blobs:
                # The code's own digest stays, so that its holder learns what became of the case.
                kept = {"code_digest", "first_digest"}
                # That of a package is of the locked file that its carrier holds.
                kept |= {"digest"} if table.name == "package" else set()
                wanted = select(*(one for one in blobs if one.name not in kept))
                wanted = wanted.where(table.c.case_id == case.id)
            else:
                continue
            found |= {blob for row in session.execute(wanted) for blob in row if blob}
    return {blob[-_TELLING:] for blob in found}


def left_in(content: Iterable[bytes], pieces: set[bytes]) -> int:
    """How many of some pieces stand anywhere in what was read."""
    whole = b"\0".join(content)
    return sum(piece in whole for piece in pieces)


def on_disk(desks: Desks) -> list[bytes]:
    """The database's own files, its log among them, and the whole store."""
    settings = desks.deployment.settings
    database = sorted(settings.database_dir.glob("huimin.db*"))
    assert database
    stored = [one for one in settings.files_dir.rglob("*") if one.is_file()]
    return [one.read_bytes() for one in (*database, *stored)]


def reported(desks: Desks) -> Case:
    """A report with a photograph, as a citizen sends it."""
    code = report_with_photo(desks.deployment)
    with desks.deployment.database.reading() as session:
        return look_up(session, code).case


def test_no_byte_of_it_is_left(desks: Desks, tmp_path: Path) -> None:
    with desks.on(ENDED):
        gone, stays = reported(desks), reported(desks)
        desks.change(gone.number, state=State.WITHDRAWN)
    with desks.on("2022-07-02"):
        sweep_files(desks.deployment.database)
    night(desks, date(2022, 7, 2))
    files = {one.stored for one in rows_of(desks, Attachment, gone.number)}
    photo = {path for path in desks.deployment.settings.files_dir.rglob("*") if path.name in files}
    sealed_photo = {path.read_bytes()[-_TELLING:] for path in photo}
    pieces = pieces_of(desks, gone) | sealed_photo
    others = pieces_of(desks, stays)
    assert (len(files), len(photo), len(pieces) > 10) == (1, 1, True)
    # A blob that a page's end cut in two isn't met whole: nearly all are.
    before = on_disk(desks)
    assert left_in(before, pieces) > 0.8 * len(pieces)
    met = left_in(before, others)

    day = date(2022, 8, 2)
    assert night(desks, day) == 1
    with desks.on(day.isoformat()):
        assert [sweep_left_files(desks.deployment.database) for _ in range(2)] == [1, 0]
        after = on_disk(desks)
        assert left_in(after, pieces) == 0
        assert left_in(after, others) >= met
        assert pieces_of(desks, stays) == others
        held = backed_up(desks, tmp_path / "one.backup")
    assert left_in(held, pieces) == 0
    assert left_in(held, others) > 0.8 * len(others)


def backed_up(desks: Desks, file: Path) -> list[bytes]:
    """What a backup holds that is taken now."""
    taken = desks.deployment.run("backup", str(file))
    assert taken.output.endswith("ok\n"), taken.output
    with tarfile.open(file) as members:
        found = [members.extractfile(one) for one in members if one.isfile()]
        raw = [stream.read() for stream in found if stream]
    return [gzip.decompress(one) if one.startswith(_GZIP) else one for one in raw]


def test_a_file_that_another_case_shares_stays(desks: Desks) -> None:
    """A part has the whole's photograph."""
    with desks.on(ENDED):
        gone, stays = reported(desks), reported(desks)
        desks.change(gone.number, state=State.WITHDRAWN)
        with desks.deployment.database.writing() as session:
            shared = session.scalars(select(Attachment).where(Attachment.case_id == gone.id)).one()
            its = session.scalars(select(Attachment).where(Attachment.case_id == stays.id)).one()
            its.stored = shared.stored
    with desks.on("2022-07-02"):
        sweep_files(desks.deployment.database)
    night(desks, date(2022, 7, 2))
    assert night(desks, date(2022, 8, 2)) == 1
    with desks.on("2022-08-02"):
        sweep_left_files(desks.deployment.database)
    kept = rows_of(desks, Attachment, stays.number)[0].stored
    assert any(one.name == kept for one in desks.deployment.settings.files_dir.rglob("*"))


def test_old_rows_go_and_young_ones_stay(desks: Desks) -> None:
    case = desks.register().case
    desks.at("office")
    now, database = clock.now(), desks.deployment.database

    def text(state: TextState, age: timedelta) -> OutboundText:
        at = now - age
        row = OutboundText(case_id=case.id, template="replied", state=state, queued_at=at)
        row.reference, row.next_at = f"{state}{age.days}", at
        return row

    old, young = old_rows.TEXTS_OUT + timedelta(1), old_rows.TEXTS_OUT - timedelta(1)
    with database.writing() as session:
        by = desks.deployment.staff_id(session, "office")
        session.get_one(Credential, by).offer_enrolment("hash", now - timedelta(seconds=1))
        session.add_all(text(TextState.SENT, age) for age in (old, young))
        session.add(text(TextState.WAITING, old))
        for name, age in (("old", 401), ("young", 399)):
            at = now - timedelta(age)
            session.add(EnteredOnce(digest=name, staff_id=by, entered_at=at))
        session.add(
            StaffSession(
                token_hash="old",
                staff_id=by,
                form_key="-",
                signed_in_at=now - timedelta(3),
                proved_at=now - timedelta(3),
                proved_stamp="-",
                expires_at=now - timedelta(2),
            )
        )
    sweep_rows(database)
    with database.reading() as session:
        left = {one.reference for one in session.scalars(select(OutboundText))}
        assert {f"{TextState.SENT}{young.days}", f"{TextState.WAITING}{old.days}"} <= left
        assert f"{TextState.SENT}{old.days}" not in left
        assert session.scalars(select(EnteredOnce.digest)).all() == ["young"]
        assert session.get(StaffSession, "old") is None
        assert session.scalars(select(StaffSession.staff_id)).all() == [by]
        assert session.get_one(Credential, by).enrolment_hash is None


def test_the_guide_has_the_owner_wipe_every_table() -> None:
    """Where the worker owns none, as with a role for each part."""
    guide = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    [listed] = re.findall(r"VACUUM \(FULL\) (.*?)'", guide)
    tables = {name.strip(' "') for name in listed.split(",")}
    assert tables == {
        *WIPED,
        *REMARKS_WIPED,
        Distribution.__tablename__,
        DistributionRow.__tablename__,
    }

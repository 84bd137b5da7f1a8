"""The file of the intake key, as the ring has its keys: written after a turn, a retirement, a
recovery and a restore. The ring is the truth, the file what running processes read."""

from __future__ import annotations

import os

from sqlalchemy.orm import Session

from admin.keys.ring_rows import hold_ring
from admin.keys.witness import refuse_rolled_back
from intake.vault.intake_key import hold_intake_file, read_intake_keys, write_intake_keys
from intake.vault.service_key import Purpose
from intake.vault.vault import vault_of
from portal.foundation.database import Database
from portal.foundation.settings import Settings, UnusableSetting


def is_other_file(session: Session, settings: Settings) -> bool:
    """Whether the file holds other keys than the ring, or in another order: a turn was killed
    before it had written them, or a recovery; or the data was restored without it."""
    ours = vault_of(session).ring.all(Purpose.INTAKE)
    theirs = tuple(key.secret for key in read_intake_keys(settings.intake_key_file))
    return bool(ours) and theirs != ours


def put_file_right(session: Session, settings: Settings) -> bool:
    """Write the file as the ring has it; says whether it held something else. What reporters' codes
    and marks follow from is the database's, wherever it goes.

    Raises:
        RolledBack: the chain of events says otherwise.
        UnusableSetting: the file can't be replaced.
    """
    hold_ring(session)
    if not is_other_file(session, settings):
        return False
    refuse_rolled_back(session)
    hold_intake_file(session)
    file = settings.intake_key_file
    refuse_fixed(settings)
    write_intake_keys(file, vault_of(session).ring.all(Purpose.INTAKE))
    return True


def put_file_right_in_turn(database: Database, settings: Settings) -> bool:
    """The same in a turn of its own at writing: whoever marks something does it before, or knows
    of what the file says then."""
    with database.writing() as session:
        return put_file_right(session, settings)


def refuse_fixed(settings: Settings) -> None:
    """Make sure that the file can be replaced here.

    Raises:
        UnusableSetting: see there.
    """
    folder = settings.intake_key_file.parent
    if not os.access(folder, os.W_OK):
        raise UnusableSetting(
            f"{settings.intake_key_file} can't be replaced: {folder} can't be written to. Run this "
            "as the user to whom it belongs."
        )

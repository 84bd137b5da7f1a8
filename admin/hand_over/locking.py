"""Locking files into a package and telling its passphrase: whoever took the one never gets the
other, and a file that is taken anew makes the one before worthless."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.hand_over.package import Package, Purpose
from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.referral import Referral
from intake.vault import sealing
from intake.vault.archive import fresh_passphrase, locked_archive
from intake.vault.class_key import class_pair, is_founded
from intake.vault.holders import SEALED
from intake.vault.sealing import digest_of
from intake.vault.unit_key import public_keys
from intake.vault.vault import vault_of
from portal.foundation import clock

_NUMBER_BYTES = 4
_CONTEXT = b"package"


class NoPassphrase(LookupError):
    """The passphrase was read before, or a newer file made it worthless."""


class SamePerson(Exception):
    """Who took the file may not have its passphrase, too."""


@dataclass(frozen=True)
class Meant:
    """For which unit a package is meant, and what for; `referral` where it carries one."""

    unit_code: str
    purpose: Purpose = Purpose.HAND_OVER
    referral: Referral | None = None


def lock(
    session: Session, case: Case, files: Mapping[str, bytes], meant: Meant, *, by: int
) -> tuple[Package, bytes]:
    """Lock files about a case into a package; `by` takes the file. The passphrase of an earlier
    file that was meant for the same is destroyed."""
    passphrase = fresh_passphrase()
    content = locked_archive(files, passphrase)
    referral_id = meant.referral.id if meant.referral else None
    before = select(Package).where(Package.case_id == case.id, Package.purpose == meant.purpose)
    for earlier in session.scalars(before):
        if earlier.referral_id == referral_id:
            earlier.passphrase = None
    package = Package(
        number=f"MF{secrets.token_hex(_NUMBER_BYTES).upper()}",
        case_id=case.id,
        unit_code=meant.unit_code,
        purpose=meant.purpose,
        referral_id=referral_id,
        made_by=by,
        made_at=clock.now(),
        digest=digest_of("package", content),
        passphrase=_kept(session, case, passphrase),
    )
    session.add(package)
    session.flush()
    record(session, "packed", case_id=case.id, by=by, package=package.number)
    return package, content


def unlock(session: Session, package: Package, *, by: int) -> str:
    """The passphrase of a package, once, for somebody who didn't take the file.

    Raises:
        SamePerson, NoPassphrase: see there.
    """
    if package.made_by == by:
        raise SamePerson
    if package.passphrase is None:
        raise NoPassphrase(package.number)
    passphrase = _opened(session, package.passphrase)
    package.passphrase = None
    package.opened_by, package.opened_at = by, clock.now()
    record(session, "passphrase_read", case_id=package.case_id, by=by, package=package.number)
    return passphrase


def latest(
    session: Session, case_id: int, purpose: Purpose, referral: Referral | None = None
) -> Package | None:
    """The last package that was made of a case for some purpose, of one referral if given."""
    made = select(Package).where(Package.case_id == case_id, Package.purpose == purpose)
    if referral is not None:
        made = made.where(Package.referral_id == referral.id)
    return session.scalars(made.order_by(Package.id.desc()).limit(1)).first()


def _kept(session: Session, case: Case, passphrase: str) -> bytes:
    """A passphrase until its half is fetched: of a sealed case (密件) its class's to open, once
    that is founded, and of any other the master key's."""
    if case.sealed and is_founded(session):
        public = public_keys(session, frozenset({SEALED}))[SEALED]
        return sealing.seal(public, passphrase.encode(), _CONTEXT)
    return vault_of(session).seal_under_master(passphrase.encode(), _CONTEXT)


def _opened(session: Session, kept: bytes) -> str:
    if sealing.is_to_public_key(kept):
        return sealing.open_sealed(class_pair(session), kept, _CONTEXT).decode()
    return vault_of(session).open_under_master(kept, _CONTEXT).decode()

"""Retiring keys that newer ones have replaced: once nothing bears a key's id, the key is destroyed,
here and for the recovery key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.add_staff import LINK_LASTS
from admin.accounts.credential import Credential
from admin.accounts.staff_session import StaffSession
from admin.keys.bearers import of_purpose, of_unit_pairs
from admin.keys.intake_file import put_file_right_in_turn, refuse_fixed
from admin.keys.marked import kept_for, let_go
from admin.keys.renewing import renew, renew_rest
from admin.keys.ring_rows import hold_ring, live_keys, pin_in_turn, secret_of
from intake.cases.event import EventHead, record
from intake.sms.spool import sealed_to
from intake.vault import key_files
from intake.vault.ring import forget_ring
from intake.vault.sealing import verify_key
from intake.vault.service_key import Purpose, ServiceKey
from intake.vault.unit_key import FormerUnitKey, live_former_keys
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings

# A form that is being sent may have been sealed to the former key just before it was turned, and a
# page that is open holds what it stamped.
ON_THEIR_WAY = timedelta(hours=1)
# What another host does with a key, and the file by which it knows of a newer one.
_ON_OTHER_HOSTS = {
    Purpose.WORKER: ("sealed to", "pins.json"),
    Purpose.INTAKE: ("marked by", "intake.key"),
}


def retire(database: Database, settings: Settings) -> Iterator[str]:
    """Destroy every replaced key that nothing needs any more; yields a sentence for each replaced
    key."""
    for purpose in Purpose:
        yield from _retire_service(database, settings, purpose)
    yield from _retire_units(database)
    pin_in_turn(database, settings)


def _retire_service(database: Database, settings: Settings, purpose: Purpose) -> Iterator[str]:
    _put_files_right(database, settings, purpose)
    with database.reading() as session:
        former = [key for key in live_keys(session, purpose) if key.replaced_at]
    ids = [key.key_id for key in former]
    tables = {table for table, _ in renew(database, of_purpose(purpose), ids)}
    # Marks of texts are let go as they grow old, whoever made them.
    came_since = bool(tables - {"inbound_text", "assessment_slip"})
    for key in former:
        with database.writing() as session:
            hold_ring(session)
            row = session.get_one(ServiceKey, (purpose, key.key_id), with_for_update=True)
            why = _why_not_yet(session, settings, row, came_since=came_since)
            unread = 0 if why else _destroy(session, settings, row)
        if not why:
            _put_files_right(database, settings, purpose)
        yield _sentence(purpose, key.key_id, why, unread)


def _put_files_right(database: Database, settings: Settings, purpose: Purpose) -> None:
    """Whoever was killed between a row and its file left that as it was."""
    if purpose is Purpose.INTAKE:
        put_file_right_in_turn(database, settings)
        _take_unfinished_away(database, settings)
    else:
        pin_in_turn(database, settings)


def _take_unfinished_away(database: Database, settings: Settings) -> None:
    """Whoever was killed while he wrote the intake key's file left the keys of then beside it, and
    so one that is destroyed. Whoever writes it now has the ring in hand."""
    file = settings.intake_key_file
    if not key_files.left_over(file):
        return
    refuse_fixed(settings)
    with database.writing() as session:
        hold_ring(session)
        for one in key_files.left_over(file):
            one.unlink()
    sync_folder(file.parent)


def _destroy(session: Session, settings: Settings, key: ServiceKey) -> int:
    """Make anew what little came since, then destroy the key. Returns how much doesn't open by
    it."""
    unread = renew_rest(session, of_purpose(key.purpose), [key.key_id])
    if key.purpose is Purpose.INTAKE:
        let_go(session, key.key_id)
    if key.purpose is Purpose.SIGNING:
        _keep_for_heads(session, settings, key)
    key.under_master = key.for_recovery = None
    key.retired_at = clock.now()
    record(session, "key_retired", purpose=key.purpose, key=key.key_id)
    session.flush()
    forget_ring(session)
    return unread


def _keep_for_heads(session: Session, settings: Settings, key: ServiceKey) -> None:
    """Heads that left the machine bear the signature of the key that is about to be destroyed, and
    nobody can sign those anew. Pinned before that is stored: killed in between, nothing is lost."""
    last = session.scalars(select(EventHead.seq)).one()
    key_files.pin_retired(settings, verify_key(secret_of(session, key)), last)


def _retire_units(database: Database) -> Iterator[str]:
    with database.reading() as session:
        former = live_former_keys(session)
    list(renew(database, of_unit_pairs(), [key.key_id for key in former]))
    for key in former:
        with database.writing() as session:
            hold_ring(session)
            place = (key.unit_code, key.key_id)
            row = session.get_one(FormerUnitKey, place, with_for_update=True)
            why = "somebody else retires it" if row.retired_at else _too_early(row.replaced_at)
            if not why:
                unread = renew_rest(session, of_unit_pairs(), [key.key_id])
                row.private_under_master = row.private_for_recovery = None
                row.retired_at = clock.now()
                record(session, "key_retired", purpose=f"unit:{key.unit_code}", key=key.key_id)
        yield _sentence(key.unit_code, key.key_id, why, 0 if why else unread)


def _why_not_yet(session: Session, settings: Settings, key: ServiceKey, *, came_since: bool) -> str:
    """Why a key has to stay for now; empty where it needn't. `came_since` is whether something was
    found that older keys of its purpose had made."""
    if key.retired_at is not None:
        return "somebody else retires it"
    replaced_at = key.replaced_at or clock.now()
    if key.purpose is Purpose.STAMPS and _has_older_tokens(session, replaced_at):
        return "sign-ins or one-time links from before are still good"
    if key.purpose is Purpose.WORKER and sealed_to(settings.spool_dir, key.key_id):
        return "texts in the spool are sealed to it"
    if early := _too_early(replaced_at):
        return early
    # A host that doesn't know of the newer key goes on like this, and what it seals would be lost.
    if key.purpose in _ON_OTHER_HOSTS and came_since:
        done, file = _ON_OTHER_HOSTS[key.purpose]
        return (
            f"something was {done} it since. If the public site has a host of its own, copy "
            f"{file} there; run this again in an hour"
        )
    return kept_for(session, key.key_id, replaced_at) if key.purpose is Purpose.INTAKE else ""


def _too_early(replaced_at: datetime) -> str:
    recent = clock.now() - replaced_at < ON_THEIR_WAY
    return "it was replaced less than an hour ago" if recent else ""


def _has_older_tokens(session: Session, replaced_at: datetime) -> bool:
    """Whether anybody holds a token that a former key stamped: nobody can stamp it anew, since it
    isn't stored. Each ends by itself, the last within 48 hours."""
    now = clock.now()
    signed_in = select(StaffSession.staff_id).where(
        StaffSession.signed_in_at <= replaced_at, StaffSession.expires_at > now
    )
    invited = select(Credential.staff_id).where(
        Credential.enrolment_expires_at > now,
        Credential.enrolment_expires_at <= replaced_at + LINK_LASTS,
    )
    return session.execute(signed_in.union_all(invited).limit(1)).first() is not None


def _sentence(whose: str, key_id: str, why: str, unread: int) -> str:
    if why:
        return f"{whose}: {key_id} stays: {why}"
    shut = f"; {unread} that it never opened stay shut" if unread else ""
    return f"{whose}: {key_id} retired{shut}"

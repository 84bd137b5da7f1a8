"""Rows that are over and that nobody reads any more, with how long each sort is kept, in one place.

What people wrote about a case goes by the campaign's own periods (`admin.retention`); files, limits
and uploaded spreadsheets of orders are swept where they are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Delete, Update, and_, delete, or_, select, update

from admin.accounts.credential import Credential
from admin.accounts.once import EnteredOnce
from admin.accounts.staff_session import StaffSession
from admin.retention.wiping import PROVIDER_REMEMBERS
from admin.system.worker_job import WorkerJob
from intake.cases.case import Case
from intake.cases.inbound_text import InboundText
from intake.outbox.outbound_text import OutboundText
from intake.rules.sending import IN_HAND
from portal.foundation import clock
from portal.foundation.database import Database

# A sign-in lasts ten hours at most; its owner may want to see yesterday's.
SIGN_INS = timedelta(days=1)
# What became of a text is read as long as somebody may ask why it didn't come.
TEXTS_OUT = timedelta(days=180)
# A text that became no case: a question for a state, a command.
TEXTS_OF_NO_CASE = timedelta(days=90)
# A spreadsheet may be sent again by mistake as long as its campaign runs.
FORMS_SENT = timedelta(days=400)
# A job that this version doesn't know any more.
JOBS = timedelta(days=30)


def sweep_rows(database: Database) -> None:
    """Delete what is over."""
    with database.writing() as session:
        for statement in _over(clock.now()):
            session.execute(statement)


def _over(now: datetime) -> Iterator[Delete | Update]:
    yield delete(StaffSession).where(StaffSession.expires_at <= now - SIGN_INS)
    yield (
        update(Credential)
        .where(Credential.enrolment_expires_at <= now)
        .values(enrolment_hash=None, enrolment_expires_at=None)
    )
    yield delete(OutboundText).where(
        OutboundText.state.not_in(IN_HAND), OutboundText.queued_at <= now - TEXTS_OUT
    )
    destroyed = select(Case.id).where(Case.destroyed_on.is_not(None))
    yield delete(InboundText).where(
        or_(
            and_(
                InboundText.case_id.is_(None),
                InboundText.received_at <= now - TEXTS_OF_NO_CASE,
            ),
            and_(
                InboundText.case_id.in_(destroyed),
                InboundText.received_at <= now - PROVIDER_REMEMBERS,
            ),
        )
    )
    yield delete(EnteredOnce).where(EnteredOnce.entered_at <= now - FORMS_SENT)
    yield delete(WorkerJob).where(WorkerJob.last_run_at <= now - JOBS)

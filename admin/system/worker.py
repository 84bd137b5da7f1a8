"""The worker: what must not wait for a person and must not happen in a request.

Each job finds its own work in the database and takes it there, so that the worker can be killed
anywhere and started again, and two of them do nothing twice.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from admin.accounts.last_seen import LastSeen
from admin.appearances.stopped_policies import note_stopped_policies
from admin.assessments.forgetting_remarks import keep_remarks
from admin.assessments.waiting import brings_work as assessments_bring_work
from admin.distributions.taking_down import take_down_lists
from admin.figures.counting import count_milestones
from admin.inbox.choosing import inbox_of
from admin.inbox.fetching import fetch_pictures
from admin.inbox.reconciling import reconcile
from admin.inbox.taking_in import take_in
from admin.ledger.waiting import brings_work as ledger_brings_work
from admin.mistakes.handing_on import hand_on_mistakes
from admin.mistakes.reminding import remind_of_mistakes
from admin.notices.putting_out import put_out_due
from admin.office.plan_reminding import brings_work as plan_brings_work
from admin.office.recounting import finish_recount
from admin.orders.taking_over import go_on_with_all
from admin.outbox.choosing import mail_provider_of, provider_of, sends_mails
from admin.outbox.mailing_staff import mail_staff
from admin.outbox.sending import Post, send_texts
from admin.policies.in_force import let_policies_hold
from admin.referrals.reminding import remind_of_progress
from admin.retention.destroy_due import keep_retention
from admin.returns.waiting import brings_work as returns_bring_work
from admin.rights.handing_on import hand_on_requests
from admin.rights.reminding import remind_of_requests
from admin.rights.waiting import brings_work as rights_bring_work
from admin.rounds.waiting import brings_work as rounds_bring_work
from admin.sealed_class.waiting import brings_work as sealed_class_brings_work
from admin.shirking.waiting import brings_work as shirking_brings_work
from admin.spot_checks.waiting import brings_work as spot_checks_bring_work
from admin.summaries.reminding import remind_of_summaries
from admin.summaries.waiting import brings_work as summaries_bring_work
from admin.supervision.looking import look_for_causes
from admin.system.event_audit import sign_head
from admin.system.heads_out import carry_heads
from admin.system.moving_keys import hand_keys_on, seal_to_class
from admin.system.old_rows import sweep_rows
from admin.system.reading_watch import raise_alarms
from admin.system.run_log import Run, RunLog
from admin.system.sweeping import sweep_files, sweep_left_files
from admin.system.watching import watch_dates, watch_verifications
from intake.rules.sending import Medium
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.logs import log_error
from portal.foundation.settings import Settings

_PAUSE_SECONDS = 5.0
_LONGEST_RECOUNT = 30.0
_LONGEST_ORDERS = 20.0
_HOUR = timedelta(hours=1)
_BETWEEN_LISTS = timedelta(minutes=5)
# What besides cases has laid something before somebody.
ROOMS = (
    returns_bring_work,
    summaries_bring_work,
    plan_brings_work,
    ledger_brings_work,
    rights_bring_work,
    rounds_bring_work,
    sealed_class_brings_work,
    shirking_brings_work,
    spot_checks_bring_work,
    assessments_bring_work,
)


@dataclass(frozen=True)
class Job:
    """Something that the worker does in every round, or once in a while."""

    name: str
    do: Callable[[Database], Any]
    every: timedelta = timedelta()


def jobs(settings: Settings) -> tuple[Job, ...]:
    """Everything that the worker does, in the order in which it does it."""
    post, mail_post = _posts(settings)
    seen = LastSeen(settings.database_dir)
    telling_staff = (Job("mail_staff", partial(mail_staff, last_seen=seen, rooms=ROOMS)),)
    return (
        Job("hand_keys_on", hand_keys_on),
        Job("seal_to_class", seal_to_class),
        Job("hand_on_mistakes", hand_on_mistakes),
        Job("remind_of_mistakes", remind_of_mistakes),
        Job("hand_on_requests", hand_on_requests),
        Job("remind_of_requests", remind_of_requests),
        *_texts_in(settings),
        Job("send_texts", partial(send_texts, post=post)),
        *(telling_staff if sends_mails(settings) else ()),
        Job("send_mails", partial(send_texts, post=mail_post)),
        Job("put_out_notices", put_out_due),
        Job("let_policies_hold", let_policies_hold),
        Job("note_stopped_policies", note_stopped_policies),
        Job("watch_dates", watch_dates),
        Job("watch_verifications", watch_verifications),
        Job("look_for_causes", look_for_causes),
        Job("remind_of_progress", remind_of_progress),
        Job("remind_of_summaries", remind_of_summaries),
        Job("recount", _recount),
        Job("orders", _orders),
        Job("count_milestones", count_milestones),
        Job("take_down_lists", take_down_lists),
        Job("sweep_files", sweep_files),
        Job("sign_head", _sign),
        Job("carry_heads", partial(carry_heads, settings=settings), every=_HOUR),
        Job("watch_readings", raise_alarms, every=_HOUR),
        Job("keep_retention", keep_retention, every=_HOUR),
        Job("keep_remarks", keep_remarks, every=_HOUR),
        Job("sweep_left_files", sweep_left_files, every=_HOUR),
        Job("sweep_rows", sweep_rows, every=_HOUR),
    )


def _texts_in(settings: Settings) -> Iterator[Job]:
    """What is done about texts that didn't come by the door."""
    yield Job("take_in_texts", partial(take_in, folder=settings.spool_dir))
    inbox = inbox_of(settings)
    if inbox:
        fetch = partial(fetch_pictures, source=inbox, lock_folder=settings.database_dir)
        ask = partial(reconcile, inbox=inbox, folder=settings.spool_dir)
        yield Job("fetch_pictures", fetch)
        yield Job("reconcile_texts", ask, every=_BETWEEN_LISTS)


def _posts(settings: Settings) -> tuple[Post, Post]:
    """How texts go out, and how mails do. Without a server mails are put down as not sent."""
    return (
        Post(provider_of(settings), settings.sms_daily_ceiling),
        Post(
            mail_provider_of(settings),
            settings.mail_daily_ceiling,
            medium=Medium.MAIL,
            site=settings.public_url,
        ),
    )


def run(database: Database, settings: Settings, *, once: bool = False) -> None:
    """Do what is due, again and again until a signal comes; or once."""
    stopping = threading.Event()
    if not once:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
    all_jobs, log = jobs(settings), RunLog()
    while True:
        do_round(database, all_jobs, log)
        if once or stopping.wait(_PAUSE_SECONDS):
            return


def do_everything(database: Database, settings: Settings) -> None:
    """Do every job once, for somebody who plays days by hand: what fails, fails."""
    for job in jobs(settings):
        job.do(database)


def do_round(database: Database, all_jobs: Sequence[Job], log: RunLog) -> None:
    """Do once what is due. One that fails keeps no other from its turn."""
    runs = [_run(database, job) for job in all_jobs if log.is_due(job.name)]
    try:
        log.note(database, runs)
    except SQLAlchemyError as error:
        log_error(error)


def _run(database: Database, job: Job) -> Run:
    error = ""
    try:
        job.do(database)
    except Exception as failure:
        # Whatever it is: a job that can't be done mustn't keep the others from being done.
        log_error(failure)
        error = type(failure).__name__
    ended_at = clock.now()
    pause = max(job.every, timedelta(seconds=_PAUSE_SECONDS))
    return Run(job.name, ended_at, ended_at + pause, error, is_seldom=bool(job.every))


def _recount(database: Database) -> int:
    """Count dates again after the calendar changed; not so long that the other jobs wait."""
    return finish_recount(database, most_seconds=_LONGEST_RECOUNT)


def _orders(database: Database) -> int:
    """Register what was confirmed of spreadsheets; not so long that the other jobs wait."""
    return go_on_with_all(database, most_seconds=_LONGEST_ORDERS)


def _sign(database: Database) -> Any:
    with database.writing() as session:
        return sign_head(session)

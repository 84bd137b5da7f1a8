"""The worker hands keys up the chain of recusal and to nobody else, and says how its jobs go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from admin.system.moving_keys import hand_keys_on
from admin.system.run_log import RunLog
from admin.system.worker import Job, do_round, jobs
from admin.system.worker_job import WorkerJob
from intake.cases.case import Case, Channel
from intake.correspondence import holds
from intake.draft import Draft
from intake.register import register
from intake.vault.compartment import Compartment, CompartmentKey
from intake.vault.holders import REPORTER
from intake.vault.sealing import DoesNotOpen
from portal.campaign.kinds import Kind
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.staff import Role
from tests.deployments import Deployment


def test_keys_aren_t_handed_to_a_unit_that_somebody_wrote_into_the_database(
    deployment: Deployment,
) -> None:
    draft = Draft(
        channel=Channel.WEB,
        kind=Kind.TIP_OFF,
        words="主任扣了老人的钱",
        submission="one",
        policy="MZ11",
        problem="3.3",
        accused="区民政局",
    )
    with deployment.database.writing() as session:
        register(session, draft)
    with deployment.database.writing() as session:
        case = session.scalars(select(Case)).one()
        case.unit_code, case.rewrap_due = "RS", True

    assert hand_keys_on(deployment.database) == 1
    with deployment.database.reading() as session:
        case = session.scalars(select(Case)).one()
        assert (case.rewrap_due, holds(session, case, "RS")) == (False, False)
        assert holds(session, case, "BGS")


def test_a_case_whose_boxes_do_not_open_keeps_no_other_waiting(
    on_each_database: Deployment,
) -> None:
    database = on_each_database.database
    with database.writing() as session:
        for one in ("一", "二"):
            draft = Draft(
                channel=Channel.WEB,
                kind=Kind.COMPLAINT,
                words=f"第{one}件：低保没有发下来",
                submission=one,
                policy="MZ11",
            )
            register(session, draft)
    with database.writing() as session:
        broken, other = session.scalars(select(Case).order_by(Case.id)).all()
        for case in (broken, other):
            case.unit_code, case.rewrap_due = "BGS", True
        boxes = select(Compartment.id).where(Compartment.label == broken.label)
        theirs = CompartmentKey.compartment_id.in_(boxes), CompartmentKey.holder != REPORTER
        session.execute(update(CompartmentKey).where(*theirs).values(wrap=b"by somebody's hand"))

    with pytest.raises(DoesNotOpen):
        hand_keys_on(database)
    with database.reading() as session:
        broken, other = session.scalars(select(Case).order_by(Case.id)).all()
        assert (broken.rewrap_due, other.rewrap_due) == (True, False)
        assert holds(session, other, "BGS")


def test_a_job_that_fails_keeps_no_other_from_its_turn(on_each_database: Deployment) -> None:
    done: list[str] = []

    def fail(_database: Database) -> None:
        raise ValueError("人名、电话")

    all_jobs = (Job("watch_dates", fail), Job("sign_head", lambda _: done.append("signed")))
    do_round(on_each_database.database, all_jobs, RunLog())
    assert done == ["signed"]
    with on_each_database.database.reading() as session:
        rows = {job.name: job for job in session.scalars(select(WorkerJob))}
    assert (rows["watch_dates"].last_error, rows["sign_head"].last_error) == ("ValueError", None)
    assert all(job.next_run_at > job.last_run_at for job in rows.values())


def test_runs_are_written_once_a_minute_and_when_something_changes(deployment: Deployment) -> None:
    log, well = RunLog(), (Job("sign_head", lambda _: None),)

    def last_run() -> datetime:
        with deployment.database.reading() as session:
            return session.get_one(WorkerJob, "sign_head").last_run_at

    begin = datetime(2022, 6, 15, 2, tzinfo=UTC)
    for seconds, written in ((0, 0), (5, 0), (59, 0), (60, 60), (65, 60)):
        with clock.stopped_at(begin + timedelta(seconds=seconds)):
            do_round(deployment.database, well, log)
        assert last_run() == begin + timedelta(seconds=written)

    def fail(_database: Database) -> None:
        raise ValueError

    with clock.stopped_at(begin + timedelta(seconds=70)):
        do_round(deployment.database, (Job("sign_head", fail),), log)
    assert last_run() == begin + timedelta(seconds=70)


def test_a_clock_that_was_set_back_stops_neither_a_job_nor_the_log(deployment: Deployment) -> None:
    log, runs = RunLog(), list[datetime]()
    job = Job("carry_heads", lambda _: runs.append(clock.now()), every=timedelta(hours=1))
    right = datetime(2022, 6, 15, 2, tzinfo=UTC)
    for moment in (right + timedelta(days=1), right, right + timedelta(minutes=30)):
        with clock.stopped_at(moment):
            do_round(deployment.database, (job,), log)
    assert runs == [right + timedelta(days=1), right]
    with deployment.database.reading() as session:
        assert session.get_one(WorkerJob, "carry_heads").last_run_at == right


def test_the_systems_page_lists_every_job_in_words(deployment: Deployment) -> None:
    deployment.add_staff("xi", ("BGS", Role.SYSTEM_ADMIN))
    browser = deployment.officer("xi")
    assert "后台任务还没有跑过" in browser.get("/staff/system").text
    do_round(deployment.database, jobs(deployment.settings), RunLog())
    page = browser.get("/staff/system").text
    for job in jobs(deployment.settings):
        assert job.name not in page
    assert "发短信通知" in page

"""Everybody who sends something in a round, browsers and telephones side by side."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import httpx

from tests.soak.browsers import NotGivenBack, Unanswered, Writer, browser
from tests.soak.plan import Trouble
from tests.soak.submission import Door, Submission
from tests.soak.telephones import SECONDS, Texter
from tests.soak.world import World

# After no answer at all, and after a page that says to wait.
_PAUSE_SECONDS, _LONGER_PAUSE_SECONDS = 0.4, 2.0
# Longer than any trouble lasts.
_GIVES_UP_AFTER = 300.0


def send_all(world: World, submissions: Sequence[Submission]) -> None:
    """Send a round of submissions, each until it is answered or its sender gives up."""
    world.done = 0
    world.submissions.extend(submissions)
    plan = world.plan
    with ThreadPoolExecutor(plan.browsers) as at_home, ThreadPoolExecutor(plan.telephones) as away:
        waiting: list[Future[None]] = [
            (away if one.door.is_text else at_home).submit(_send, world, one) for one in submissions
        ]
        for one in waiting:
            one.result()


def _send(world: World, submission: Submission) -> None:
    if not submission.door.is_report:
        submission.of = world.some_case(world.plan.chance("of", submission.index))
        if submission.of is None:
            submission.door = Door.TWILIO if submission.door.is_text else Door.FORM
    url = world.running.public_url
    with browser(url, submission.index) as client:
        sender: Texter | Writer
        if submission.door.is_text:
            client.timeout = httpx.Timeout(SECONDS)
            sender = Texter(client, world.settings, submission)
        else:
            sender = Writer(client, submission)
        _until_answered(world, submission, sender)
    world.over(submission)


def _until_answered(world: World, submission: Submission, sender: Texter | Writer) -> None:
    gives_up_at = time.monotonic() + _GIVES_UP_AFTER
    while submission.told is None and time.monotonic() < gives_up_at:
        trouble = world.trouble
        try:
            submission.told = sender.send()
        except (Unanswered, httpx.HTTPError) as error:
            _note(world, submission, error, trouble)
            said_to_wait = isinstance(error, Unanswered)
            time.sleep(_LONGER_PAUSE_SECONDS if said_to_wait else _PAUSE_SECONDS)


def _note(world: World, submission: Submission, error: Exception, trouble: Trouble | None) -> None:
    """Count what somebody met who wasn't answered."""
    said = str(error) if isinstance(error, Unanswered) else "no answer"
    world.count(f"{trouble or 'otherwise'}: {said}")
    if isinstance(error, NotGivenBack):
        world.count("forms not given back")
    if trouble is Trouble.LOCKED and submission.door.is_text:
        # The database is away, but the processes and the disk are there: it had to be kept.
        world.count("texts not kept while locked")

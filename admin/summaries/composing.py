"""Putting a summary together: the office writes its sentences, freezes them with the numbers of the
day, and a second person approves it (起草、定稿、审签)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.documents import templates
from admin.ledger.refusals import NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.publishing.desk import LeaksOpen, NeedsSecondReader
from admin.publishing.located import written_answers
from admin.returns.content import digest_of
from admin.summaries.counted import Counted
from admin.summaries.leaks import Found
from admin.summaries.planned import Planned
from admin.summaries.sight import puts_together
from admin.summaries.summary import Summary, SummaryState
from admin.summaries.summary_content import (
    FrozenNumber,
    FrozenTable,
    PartUsed,
    SummaryContent,
)
from admin.summaries.summary_paper import PAPER
from admin.summaries.summary_words import (
    NEEDED,
    SummaryWords,
    answers_of,
    make_box,
    seal,
    seal_answers,
    words_of,
)
from intake.cases.event import record
from portal.campaign.unit import Unit
from portal.foundation import clock


def newest(session: Session, key: str) -> Summary | None:
    """The newest revision of a summary; None where nobody has begun it."""
    wanted = select(Summary).where(Summary.duty == key).order_by(Summary.revision.desc())
    return session.scalars(wanted.limit(1)).first()


def held(session: Session, key: str, by: Hand) -> Summary | None:
    """The same to be changed: the later of two writers waits, and is told.

    Raises:
        StepNotAllowed: this person has no part in it.
        SomebodyWasFaster: it isn't the version that the writer saw; 0 where there was none.
    """
    if not puts_together(by.access):
        raise StepNotAllowed("summary")
    office = select(Unit.code).where(Unit.code == by.book.campaign.office_code)
    session.execute(office.with_for_update(key_share=True))
    found = newest(session, key)
    if (found.version if found else 0) != by.version:
        raise SomebodyWasFaster
    return found


def save(session: Session, planned: Planned, *, by: Hand, texts: Mapping[str, str]) -> Summary:
    """Keep the sentences. After a revision was approved or sent back, this begins the next one.

    Raises:
        StepNotAllowed: it waits for approval, or this person has no part in it.
        SomebodyWasFaster: see `held`.
    """
    found = held(session, planned.key, by)
    if found is not None and found.state is SummaryState.FROZEN:
        raise StepNotAllowed("summary")
    before = SummaryWords()
    if found is not None and found.state is SummaryState.DRAFTED:
        before = words_of(session, found, by.book.campaign.office_code)
    words = replace(before, texts=_tidy(texts)).with_writer(by.access.staff_id)
    if found is None or found.state is not SummaryState.DRAFTED:
        found = _next_revision(session, planned, found, by)
    found.words = seal(session, found, "words", words.kept)
    found.version = by.version + 1
    session.add(found)
    _note(session, "summary_written", found, by)
    return found


def freeze(
    session: Session, planned: Planned, *, by: Hand, counted: Counted, leaks: Found
) -> Summary:
    """Freeze sentences and numbers; from now on neither changes. `counted` are the numbers of now,
    `leaks` what was found in the sentences, looked for before anybody had to wait for it.

    Raises:
        StepNotAllowed: nothing is being written, or this person has no part in it.
        NeedsText: a section that every summary has is empty.
        SomebodyWasFaster: see `held`.
    """
    found = held(session, planned.key, by)
    if found is None or found.state is not SummaryState.DRAFTED:
        raise StepNotAllowed("summary")
    if leaks.version != found.version:
        raise SomebodyWasFaster
    words = words_of(session, found, by.book.campaign.office_code)
    if not all(words.text(name) for name in NEEDED):
        raise NeedsText
    words = replace(words, found=leaks.passages).with_writer(by.access.staff_id)
    found.words = seal(session, found, "words", words.kept)
    behind = {key: [row.kept for row in one.rows] for key, one in counted.numbers.items()}
    found.behind = seal(session, found, "behind", json.dumps(behind, ensure_ascii=False))
    found.frozen_by, found.frozen_at = by.access.staff_id, clock.now()
    found.content = _content(planned, found, counted, by).text
    found.digest = digest_of(found.content)
    _step(session, found, SummaryState.FROZEN, "summary_frozen", by)
    return found


def answer(session: Session, planned: Planned, *, by: Hand, typed: Mapping[str, str]) -> Summary:
    """Write why findings may stay.

    Raises:
        StepNotAllowed: nothing waits for approval, or this person has no part in it.
        NeedsText: nothing was written.
        SomebodyWasFaster: see `held`.
    """
    found, words = _frozen(session, planned, by)
    before = answers_of(session, found, by.book.campaign.office_code)
    fresh = written_answers(typed, words.findings(before), by.access.staff_id)
    if not fresh:
        raise NeedsText
    seal_answers(session, found, {**before, **fresh})
    found.version = by.version + 1
    _note(session, "summary_answered", found, by)
    return found


def send_back(session: Session, planned: Planned, *, by: Hand, reason: str) -> Summary:
    """Send it back to be written anew, with the reason.

    Raises:
        StepNotAllowed: nothing waits for approval, or this person has no part in it.
        NeedsText: there is no reason.
        SomebodyWasFaster: see `held`.
    """
    found, _ = _frozen(session, planned, by)
    if not reason.strip():
        raise NeedsText
    found.reason = seal(session, found, "reason", reason.strip())
    _step(session, found, SummaryState.SENT_BACK, "summary_sent_back", by)
    return found


def approve(session: Session, planned: Planned, *, by: Hand) -> Summary:
    """Approve it, as the head of the office who had no hand in it.

    Raises:
        StepNotAllowed: nothing waits for approval, or not for this person.
        NeedsSecondReader: he wrote some of it, or answered what was found.
        LeaksOpen: something that was found is neither mended nor answered.
        SomebodyWasFaster: see `held`.
    """
    found, words = _frozen(session, planned, by)
    if not by.heads_the_office:
        raise StepNotAllowed("summary")
    answers = answers_of(session, found, by.book.campaign.office_code)
    if by.access.staff_id in words.writers | {one.staff_id for one in answers.values()}:
        raise NeedsSecondReader
    if any(one.is_open for one in words.findings(answers)):
        raise LeaksOpen
    found.approved_by, found.approved_at = by.access.staff_id, clock.now()
    found.template_revision = templates.in_force(session, PAPER).revision
    _step(session, found, SummaryState.APPROVED, "summary_approved", by)
    return found


def _frozen(session: Session, planned: Planned, by: Hand) -> tuple[Summary, SummaryWords]:
    found = held(session, planned.key, by)
    if found is None or found.state is not SummaryState.FROZEN:
        raise StepNotAllowed("summary")
    return found, words_of(session, found, by.book.campaign.office_code)


def _tidy(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text.strip() for name, text in texts.items()}


def _next_revision(session: Session, planned: Planned, before: Summary | None, by: Hand) -> Summary:
    found = Summary(
        key=secrets.token_hex(4),
        duty=planned.key,
        revision=before.revision + 1 if before else 1,
        state=SummaryState.DRAFTED,
    )
    make_box(session, found, by.book.campaign.office_code)
    return found


def _content(planned: Planned, found: Summary, counted: Counted, by: Hand) -> SummaryContent:
    days = planned.days
    return SummaryContent(
        campaign=by.book.campaign.code,
        duty=planned.key,
        title=planned.name,
        revision=found.revision,
        first=days.first.isoformat(),
        last=days.last.isoformat(),
        counted_on=counted.counted_on.isoformat(),
        taken_at=clock.now().isoformat(),
        numbers=tuple(
            FrozenNumber(key=one.key, name=one.name, shown=one.shown)
            for one in counted.numbers.values()
        ),
        units=FrozenTable.frozen(counted.units),
        types=FrozenTable.frozen(counted.types),
        shares=counted.shares,
        rules=counted.rules,
        parts=tuple(
            PartUsed(unit=one.unit_code, version=one.version, digest=one.digest or "")
            for one in counted.parts
        ),
        missing=counted.missing,
        words=hashlib.sha256(found.words).hexdigest(),
        behind=hashlib.sha256(found.behind or b"").hexdigest(),
        frozen_by=by.access.staff_id,
    )


def _step(session: Session, found: Summary, state: SummaryState, event: str, by: Hand) -> None:
    found.state = state
    found.version = by.version + 1
    _note(session, event, found, by)


def _note(session: Session, event: str, found: Summary, by: Hand) -> None:
    record(session, event, by=by.access.staff_id, summary=found.duty, revision=found.revision)
    session.flush()

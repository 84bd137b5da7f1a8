"""What of the ledger stands above the list of a person's cases."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.reminders import Reminder
from admin.ledger.waiting import ProblemsWaiting, problems_waiting
from portal.campaign.book import Book
from portal.foundation.links import Links
from portal.published.result import ResultState

_ROOM = "台账"


def reminders(session: Session, access: Access, _book: Book) -> list[Reminder]:
    """The problems that his units have to put right, and what he decides for the office."""
    return list(_said(problems_waiting(session, access)))


def _said(left: ProblemsWaiting) -> Iterator[Reminder]:
    links: Links = current_app.extensions["links"]
    ledger = links.problems()
    parts = (
        ("还没记措施的", left.new),
        ("退回再改的", left.sent_back),
        ("一周内到时限的", left.soon),
        ("过了时限的", left.late),
    )
    said = "，".join(f"{words}{number}个" for words, number in parts if number)
    if said:
        tone = "danger" if left.late else "warn"
        yield Reminder(f"台账里你们要改的问题：{said}。", tone, ledger, _ROOM)
    if left.to_approve:
        there = f"{ledger}?state={ResultState.RECTIFIED}"
        yield Reminder(f"有{left.to_approve}个问题等办公室销号。", "plain", there, _ROOM)
    if left.to_look_at:
        there = f"{ledger}?state={ResultState.CARRIED_OVER}"
        yield Reminder(f"有{left.to_look_at}个挂账的问题到了再看的日子。", "warn", there, _ROOM)

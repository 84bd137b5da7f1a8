"""Reading a text before its turn at writing, so that those who text at once wait for each other
during the few inserts only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.draft import Draft
from intake.prepare import Prepared, prepare
from intake.sms.grammar import Words
from intake.sms.matter import Inbound, asked, draft_of
from portal.campaign.book import book


@dataclass(frozen=True)
class ReadText:
    """What is to be registered, and everything that its registration stores."""

    draft: Draft
    prepared: Prepared | None = None


def read_first(session: Session, inbound: Inbound) -> ReadText | None:
    """Read a text as far as that needs no turn; None where nothing is to be registered."""
    command = asked(inbound)
    if not isinstance(command, Words):
        return None
    draft = draft_of(inbound, command.text, book(session))
    return ReadText(draft, prepare(session, draft))

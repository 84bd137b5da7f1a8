"""The mistake on the site that a query code belongs to, as its holder reads it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.cases.site_mistake import SiteMistake
from intake.mistakes.mistake_texts import MistakeTexts, read_as_writer
from intake.mistakes.promise import promised
from intake.progress import UnknownCode
from intake.rules.clocks import Running
from intake.vault.query_codes import code_digest, read_code, reporter_keys
from portal.campaign.book import book
from portal.foundation.clock import day_of


@dataclass(frozen=True)
class OwnMistake:
    """One mistake with its texts; `clock` runs until it is answered."""

    mistake: SiteMistake
    texts: MistakeTexts
    clock: Running | None


def is_of_mistake(session: Session, typed: str) -> bool:
    """Whether a code is a mistake's; nothing of it is opened."""
    wanted = select(SiteMistake.id).where(_has(read_code(typed)))
    return session.execute(wanted).first() is not None


def look_up_mistake(session: Session, typed: str) -> OwnMistake:
    """The mistake whose code was typed.

    Raises:
        UnknownCode: there is none; a malformed code costs the same search as a wrong one.
    """
    code = read_code(typed)
    mistake = session.scalars(select(SiteMistake).where(_has(code))).first()
    if mistake is None:
        raise UnknownCode
    waits = mistake.outcome is None
    return OwnMistake(
        mistake,
        read_as_writer(session, mistake, reporter_keys(code)),
        promised(day_of(mistake.reported_at), book(session)) if waits else None,
    )


def _has(code: str) -> ColumnElement[bool]:
    return SiteMistake.code_digest == code_digest(code)

"""Which messages of a provider were taken in before, by the marks of their ids."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.inbound_text import TEXT_ID, InboundText
from intake.vault.vault import vault_of

_AT_ONCE = 500


def known_of(session: Session, provider_ids: Sequence[str]) -> set[str]:
    """Those of some ids whose message was taken in."""
    known: set[str] = set()
    for at in range(0, len(provider_ids), _AT_ONCE):
        known |= _known(session, provider_ids[at : at + _AT_ONCE])
    return known


def _known(session: Session, provider_ids: Sequence[str]) -> set[str]:
    vault = vault_of(session)
    marks = {mark: one for one in provider_ids for mark in vault.marks(TEXT_ID, one)}
    found = select(InboundText.message_mark).where(InboundText.message_mark.in_(marks))
    return {marks[mark] for mark in session.scalars(found)}

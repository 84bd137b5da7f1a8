"""The requests about one's own information that a query code belongs to, as its holder reads
them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.cases.rights_request import RightsRequest
from intake.progress import Found, UnknownCode
from intake.rights.deletion import told_of_deletion
from intake.rights.promise import promised
from intake.rights.rights_texts import RightsTexts, read_as_asker
from intake.rules.clocks import Running
from intake.vault.query_codes import code_digest, read_code, reporter_keys
from intake.vault.sealing import KeyPair
from portal.campaign.book import book


@dataclass(frozen=True)
class OwnRequest:
    """One request with its texts; `clock` runs until it is answered. `deletion` says what becomes
    of a deletion that was granted, empty of anything else."""

    request: RightsRequest
    texts: RightsTexts
    clock: Running | None
    deletion: str


def is_of_request(session: Session, typed: str) -> bool:
    """Whether a code is a request's own; nothing of it is opened."""
    wanted = select(RightsRequest.id).where(_has(read_code(typed)))
    return session.execute(wanted).first() is not None


def look_up_request(session: Session, typed: str) -> OwnRequest:
    """The request whose code was typed.

    Raises:
        UnknownCode: there is none; a malformed code costs the same search as a wrong one.
    """
    code = read_code(typed)
    request = session.scalars(select(RightsRequest).where(_has(code))).first()
    if request is None:
        raise UnknownCode
    return _own(session, request, reporter_keys(code))


def requests_of(session: Session, found: Found) -> list[OwnRequest]:
    """What the holder of a case's code has asked on its page, the newest first."""
    wanted = select(RightsRequest).where(RightsRequest.case_id == found.case.id)
    rows = session.scalars(wanted.order_by(RightsRequest.id.desc()))
    return [_own(session, one, found.reporter) for one in rows]


def _own(session: Session, request: RightsRequest, asker: KeyPair) -> OwnRequest:
    waits = request.decided_at is None
    return OwnRequest(
        request,
        read_as_asker(session, request, asker),
        promised(request.received_on, book(session)) if waits else None,
        told_of_deletion(session, request),
    )


def _has(code: str) -> ColumnElement[bool]:
    # What was asked on a case's page has no code of its own that anybody knows.
    return (RightsRequest.code_digest == code_digest(code)) & RightsRequest.case_id.is_(None)

"""Who is told by mail: a reporter who left an address on his own page, until he stops it there.

The address is sealed to the worker and lies nowhere else: it isn't shown back, and no mark of it is
kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.outbox.addressing import address_of, forget_address, sealed_mail
from intake.outbox.notice_address import NoticeAddress
from intake.outbox.queue_notice import queue_confirmation
from intake.rules.sending import Medium
from intake.vault.vault import DoesNotOpen, vault_of


def can_be_mailed(session: Session) -> bool:
    """Whether this process can seal an address."""
    return vault_of(session).knows_worker


def mail_reporter(
    session: Session, cases: Sequence[Case], address: str, *, confirm: bool = True
) -> None:
    """Mail the holder of a receipt from now on, to this address instead of a former one. `cases`
    are the case and its parts, of which sealed ones send nothing; `confirm` says whether a first
    mail tells him so."""
    stop_mailing(session, cases)
    whole, *parts = cases
    for case in (one for one in (whole, *_told_of(whole, parts)) if not one.sealed):
        sealed = sealed_mail(session, case.number, address)
        session.add(NoticeAddress(case_id=case.id, medium=Medium.MAIL, sealed=sealed))
    if confirm and not whole.sealed:
        queue_confirmation(session, whole)


def stop_mailing(session: Session, cases: Sequence[Case]) -> None:
    """Never mail the holder of a receipt again; what waits isn't sent."""
    for case in cases:
        forget_address(session, case, Medium.MAIL)


def is_mailed(session: Session, cases: Sequence[Case]) -> bool:
    """Whether an address was left for one of these cases."""
    return session.scalars(_left(*cases).limit(1)).first() is not None


def hand_mail_on(session: Session, whole: Case, part: Case) -> None:
    """Mail the reporter about a part that was split off as about the whole; needs the master
    key."""
    left = session.get(NoticeAddress, (whole.id, Medium.MAIL))
    if left is None or part.is_tip_off or part.sealed or not list(_told_of(whole, [part])):
        return
    try:
        address = address_of(session, whole, left.sealed, Medium.MAIL)
    except DoesNotOpen:
        return
    sealed = sealed_mail(session, part.number, address)
    session.add(NoticeAddress(case_id=part.id, medium=Medium.MAIL, sealed=sealed))


def forget_mail(session: Session, address: str) -> int:
    """Forget an address wherever it was left, as its owner asks who didn't leave it himself;
    returns of how many cases. Needs the master key, and opens every address that is kept."""
    wanted = select(Case, NoticeAddress).join(NoticeAddress, NoticeAddress.case_id == Case.id)
    rows = session.execute(wanted.where(NoticeAddress.medium == Medium.MAIL)).all()
    his = [case for case, left in rows if _opened(session, case, left).lower() == address.lower()]
    stop_mailing(session, his)
    return len(his)


def _told_of(whole: Case, parts: Sequence[Case]) -> Iterator[Case]:
    """The parts of which its reporter may be told: whoever gets a part of an accusation doesn't
    learn that its writer can be reached."""
    return (part for part in parts if not whole.accusing)


def _left(*cases: Case) -> Select[NoticeAddress]:
    return select(NoticeAddress).where(
        NoticeAddress.case_id.in_([case.id for case in cases]),
        NoticeAddress.medium == Medium.MAIL,
    )


def _opened(session: Session, case: Case, left: NoticeAddress) -> str:
    try:
        return address_of(session, case, left.sealed, Medium.MAIL)
    except DoesNotOpen:
        return ""

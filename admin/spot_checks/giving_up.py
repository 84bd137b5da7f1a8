"""Giving up a spot check whose promise was published (作废): by two people, before its seed is
revealed, and in public, so that nobody draws again in silence until the sample pleases."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.refusals import NeedsText, StepNotAllowed
from admin.spot_checks.freezing import check_public
from admin.spot_checks.preparing import take_step
from admin.spot_checks.sealed_words import OfficeBox, seal_given_up
from admin.spot_checks.spot_check import CheckState, SpotCheck
from admin.spot_checks.what_is_published import given_up
from intake.cases.event import record
from portal.foundation import clock
from portal.published.spot_checking import put_out_giving_up


class NeedsAnother(Exception):
    """Who proposed to give a spot check up doesn't agree to it, too."""


def propose_to_give_up(session: Session, check: SpotCheck, *, by: Hand, why: str) -> None:
    """Propose, as the head of the office, to give up what was promised. Nothing is published yet;
    `why` will be.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or it was proposed already, or somebody
            else than the head does it.
        NeedsText, NotForThePublic: of the reason.
    """
    take_step(check, CheckState.FROZEN, by=by)
    if not by.heads_the_office or check.give_up_by is not None:
        raise StepNotAllowed("give-up")
    if not why.strip():
        raise NeedsText
    check_public(why, by.book)
    check.give_up_by = by.access.staff_id
    check.give_up_why = seal_given_up(session, check, why)
    record(session, "spot_check_giving_up_proposed", by=by.access.staff_id, check=check.number)
    session.flush()


def agree_to_give_up(session: Session, check: SpotCheck, *, by: Hand) -> None:
    """Agree, as a second person: it is given up, and its public page says so, with the reason. The
    promise stays there; the seed stays sealed.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or nobody proposed it.
        NeedsAnother: this person proposed it.
    """
    take_step(check, CheckState.FROZEN, by=by)
    if check.give_up_by is None:
        raise StepNotAllowed("give-up")
    if check.give_up_by == by.access.staff_id:
        raise NeedsAnother
    why = OfficeBox(session, check, by.access.office_code).given_up(check)
    check.state = CheckState.GIVEN_UP
    digest = put_out_giving_up(session, check.number, given_up(on=clock.today(), why=why))
    staff_id = by.access.staff_id
    record(session, "spot_check_given_up", by=staff_id, check=check.number, sha256=digest)
    session.flush()


def keep_after_all(session: Session, check: SpotCheck, *, by: Hand) -> None:
    """Take the proposal from the table: by who made it, or by somebody who doesn't agree.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or nobody proposed it.
    """
    take_step(check, CheckState.FROZEN, by=by)
    if check.give_up_by is None:
        raise StepNotAllowed("give-up")
    check.give_up_by = check.give_up_why = None
    record(session, "spot_check_kept", by=by.access.staff_id, check=check.number)
    session.flush()

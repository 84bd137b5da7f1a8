"""Freezing the frame of a spot check, with a promise in public: which seed, which frame, and which
public number the draw waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.refusals import DayPassed
from admin.publishing.inside import says_too_much
from admin.spot_checks.checked_unit import CheckedUnit
from admin.spot_checks.draw import Frame
from admin.spot_checks.preparing import SOURCES, Prepared, least_asked, prepared, take_step
from admin.spot_checks.reasons import Reasons
from admin.spot_checks.sealed_words import seal_reasons, seal_seed
from admin.spot_checks.spot_check import CheckState, SpotCheck
from admin.spot_checks.what_is_published import PublicNumber, promise
from intake.cases.event import record
from portal.campaign.book import Book
from portal.campaign.spot_check_rule import DRAWN, Risk
from portal.foundation import clock
from portal.published.spot_checking import put_out_promise

MOST_WEIGHT = 100
_SEED_BYTES = 32


class WrongNumber(Exception):
    """Fewer units are asked for than the campaign's ratio says, or more than there are."""


class WrongWeight(Exception):
    """A weight isn't a whole number from 1 to `MOST_WEIGHT`, or a stratum has none."""


class NotForThePublic(Exception):
    """What is to be published holds what may be somebody's name, number, address or words."""


@dataclass(frozen=True)
class Plan:
    """How many units are to be drawn, by which weights, and which public number is waited for."""

    asked: int
    weights: Mapping[Risk, int]
    waits_for: PublicNumber


def freeze(
    session: Session,
    check: SpotCheck,
    *,
    by: Hand,
    plan: Plan,
    seed: bytes,
    sources: Sequence[Reasons] = SOURCES,
) -> None:
    """Freeze the frame and publish the promise. From now on nobody changes units, strata, weights
    or seed: what was promised is held against them at the draw.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`.
        WrongNumber, WrongWeight, NotForThePublic: see there.
        DayPassed: the public number is one of today or earlier, so that it may be known already.
        ValueError: the seed is too short to be secret.
    """
    take_step(check, CheckState.PREPARING, by=by)
    if len(seed) < _SEED_BYTES:
        raise ValueError(f"a seed has {_SEED_BYTES} bytes")
    ready = prepared(session, check, by, sources)
    _check_plan(plan, by.book, len(ready.strata))
    _keep(session, check, ready, plan)
    strata = {code: one.value for code, one in ready.strata.items()}
    frame = Frame(strata, check.weights, plan.asked)
    check.state, check.frozen_by = CheckState.FROZEN, by.access.staff_id
    check.seed = seal_seed(session, check, seed)
    said = promise(
        number=check.number,
        campaign=by.book.campaign.name,
        ratio=by.book.campaign.spot_check.get("ratio") or "",
        frame=frame,
        seed=seed,
        waits_for=plan.waits_for,
    )
    put_out_promise(session, check.number, said)
    facts = {name: said[name] for name in ("commit", "frame_commit")}
    record(session, "spot_check_frozen", by=by.access.staff_id, check=check.number, **facts)
    session.flush()


def _keep(session: Session, check: SpotCheck, ready: Prepared, plan: Plan) -> None:
    """Keep the frame as it is, each unit with its reasons sealed, and by what it is drawn."""
    sealed = seal_reasons(session, check, ready.reasons)
    session.add_all(
        CheckedUnit(check_id=check.id, unit_code=code, stratum=stratum, sealed=sealed[code])
        for code, stratum in ready.strata.items()
    )
    check.asked, check.number_on = plan.asked, plan.waits_for.day
    check.weights = {one.value: plan.weights[one] for one in DRAWN}


def check_public(text: str, book: Book) -> None:
    """Refuse what mustn't stand on a public page.

    Raises:
        NotForThePublic: somebody's name, number or address may stand in it.
    """
    if says_too_much(text, book):
        raise NotForThePublic


def _check_plan(plan: Plan, book: Book, units: int) -> None:
    if not least_asked(book) <= plan.asked <= units:
        raise WrongNumber(plan.asked)
    if any(not 1 <= plan.weights.get(one, 0) <= MOST_WEIGHT for one in DRAWN):
        raise WrongWeight
    if plan.waits_for.day <= clock.today():
        raise DayPassed
    for text in (plan.waits_for.source, plan.waits_for.published):
        check_public(text, book)

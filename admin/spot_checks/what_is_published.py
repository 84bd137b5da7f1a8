"""What is published of a spot check: before the draw the promise, afterwards the rest, each without
the reason of any unit. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from admin.spot_checks.draw import Drawn, Frame, commit_of, frame_commit_of
from portal.campaign.spot_check_rule import Risk


@dataclass(frozen=True)
class PublicNumber:
    """The public number that the draw waits for: whose it is, of which Shanghai day, and where it
    will be published."""

    source: str
    day: date
    published: str


def promise(
    *, number: str, campaign: str, ratio: str, frame: Frame, seed: bytes, waits_for: PublicNumber
) -> dict[str, Any]:
    """What is promised before the draw; `ratio` is empty where there is none."""
    return {
        "number": number,
        "campaign": campaign,
        "ratio": ratio,
        "units": len(frame.strata),
        "asked": frame.asked,
        "commit": commit_of(seed),
        "frame_commit": frame_commit_of(seed, frame),
        "public_number_from": waits_for.source,
        "public_number_on": waits_for.day.isoformat(),
        "public_number_published": waits_for.published,
    }


def given_up(*, on: date, why: str) -> dict[str, Any]:
    """What is published beside a promise that was given up on a Shanghai day."""
    return {"given_up_on": on.isoformat(), "given_up_why": why}


def what_was_drawn(
    *,
    frame: Frame,
    drawn: Drawn,
    names: Mapping[str, str],
    seed: bytes,
    public_number: str,
    stands: str,
) -> dict[str, Any]:
    """What is published after the draw: all that is needed to repeat it."""
    return {
        "seed": seed.hex(),
        "public_number": public_number,
        "public_number_stands": stands,
        "strata": [_stratum(one, frame, drawn) for one in Risk],
        "frame": [
            {
                "code": code,
                "name": names[code],
                "stratum": stratum,
                "chance": str(drawn.chances[stratum]),
            }
            for code, stratum in sorted(frame.strata.items())
        ],
        "drawn": list(drawn.units),
    }


def _stratum(risk: Risk, frame: Frame, drawn: Drawn) -> dict[str, Any]:
    return {
        "code": risk.value,
        "name": risk.plain,
        "weight": frame.weights.get(risk.value),
        "units": list(frame.strata.values()).count(risk.value),
        "drawn": drawn.allocation.get(risk.value, 0),
        "chance": str(drawn.chances.get(risk.value, 0)),
    }

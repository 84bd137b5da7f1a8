"""Shares with their margins: of the recipients who never complained, how many give an answer. Pure.

The sample is stratified (a street is a stratum) and drawn without replacement. Who never complained
is known only of those who were asked, so that the share is a ratio of two estimated totals, a
"domain mean":

    p = Σ N·y/m  /  Σ N·n/m        over the streets h

N: rows of the list; m: who said whether he had complained; n: who of them never had and answered
the question; y: who of those gave this answer. With e = 1-p for y of them, -p for the other n-y, 0
for the other m-n, and s² their variance in the street, its variance is

    v = Σ N²·(1 - m/N)·s²/m  /  (Σ N·n/m)²

(Cochran, Sampling Techniques, 3rd ed. 1977, 5A.14 on domains and 6.11 on combined ratios; Särndal,
Swensson and Wretman, Model Assisted Survey Sampling, 1992, 10.3). 1 - m/N is the correction for a
finite population.

The margin isn't p ± 1.96·√v, which is far too narrow where shares are near none or all. It is
Wilson's interval with an effective number of answers in the place of n (Korn and Graubard, Survey
Methodology 24, 1998; Dean and Pagano, Journal of Survey Statistics and Methodology 3, 2015):

    effective = min( p·(1-p)/v ,  (Σ N·n/m)² / Σ N²·(1 - m/N)·n/m² )

The second is what the first would be were the share the same in every street; it holds where v is
nothing since everybody answered alike. The smaller one is taken: rather too wide than too narrow.
Whoever wasn't reached is taken to be like those of his street who were; no margin can say that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt

# The quantile of the normal distribution for 95 %.
Z = 1.959963984540054


@dataclass(frozen=True)
class Counted:
    """One street: rows of its list; who said whether he had complained; who of them never had and
    answered the question; who of those gave one answer to it. recipients ≥ asked ≥ answered ≥
    chose."""

    recipients: int
    asked: int
    answered: int
    chose: int


@dataclass(frozen=True)
class Share:
    """A share with the ends of its 95 % margin, each from 0 to 1."""

    low: float
    share: float
    high: float


def share_of(streets: Sequence[Counted]) -> Share | None:
    """The share of the streets together; None where nobody answered. Streets where nobody was asked
    are outside of it."""
    known = [one for one in streets if one.asked]
    total = sum(one.recipients * one.answered / one.asked for one in known)
    if not total:
        return None
    share = sum(one.recipients * one.chose / one.asked for one in known) / total
    low, high = wilson(share, effective(known, share))
    return Share(low, share, high)


def effective(streets: Sequence[Counted], share: float) -> float:
    """How many answers of a simple sample the answers of these streets are worth; without end where
    everybody was asked."""
    total = sum(one.recipients * one.answered / one.asked for one in streets)
    if not total:
        return 0.0
    alike = sum(one.recipients**2 * _left(one) * one.answered / one.asked**2 for one in streets)
    variance = sum(
        one.recipients**2 * _left(one) * _spread(one, share) / one.asked for one in streets
    )
    as_if_alike = total**2 / alike if alike else inf
    as_it_is = share * (1 - share) * total**2 / variance if variance else inf
    return min(as_if_alike, as_it_is)


def wilson(share: float, answers: float) -> tuple[float, float]:
    """The ends of Wilson's 95 % interval for a share of so many answers (Wilson, Journal of the
    American Statistical Association 22, 1927)."""
    if answers == inf:
        return share, share
    if not answers:
        return 0.0, 1.0
    tail = Z**2 / answers
    middle = (share + tail / 2) / (1 + tail)
    half = Z / (1 + tail) * sqrt(share * (1 - share) / answers + tail / (4 * answers))
    # What was found lies within it, whatever rounding does at none and at all.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def _left(one: Counted) -> float:
    """Which part of a list wasn't asked: the correction for a finite population. Of a short list
    more may answer than it has rows, where somebody sends in a slip besides."""
    return max(0.0, 1 - one.asked / one.recipients)


def _spread(one: Counted, share: float) -> float:
    """s²; where one person alone was asked nothing can be said, and the most is taken."""
    if one.asked == 1:
        return share * (1 - share)
    squares = one.chose * (1 - share) ** 2 + (one.answered - one.chose) * share**2
    mean = (one.chose - one.answered * share) / one.asked
    return (squares - one.asked * mean**2) / (one.asked - 1)

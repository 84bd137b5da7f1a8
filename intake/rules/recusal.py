"""Recusal (回避): an accusation never reaches whom it accuses (信访工作条例 28, 30(3)).

The chain: the responsible unit, the unit above it, the office, discipline inspection, the body
above that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol


class Body(Protocol):
    """A unit, as far as recusal cares."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def desk(self) -> bool:
        """Whether its officers work here."""


@dataclass(frozen=True)
class Chain:
    """The bodies that a campaign names for the case that somebody above is accused."""

    office: str
    discipline: str
    superior: str


def barred_units(
    accused: AbstractSet[str], below: Callable[[str], AbstractSet[str]]
) -> frozenset[str]:
    """The accused units and everything below them."""
    return frozenset(accused).union(*(below(code) for code in accused))


def handler(
    natural: str | None,
    barred: AbstractSet[str],
    above: Callable[[str], Iterable[Body]],
    chain: Chain,
) -> str:
    """Who handles a case that bars some units. `natural` is the responsible unit, None where no
    rule says.

    The last body of the chain takes what nobody else may see, even where it is accused itself: its
    package is handed on by a person the campaign names, never dropped.
    """
    # Who accuses those that direct the handling isn't served by anybody whom they direct.
    if natural is not None and not {chain.office, chain.discipline} & barred:
        if natural not in barred:
            return natural
        for unit in above(natural):
            if unit.desk and unit.code not in barred:
                return unit.code
    return decider(barred, chain)


def reviewer(
    decided: AbstractSet[str],
    barred: AbstractSet[str],
    above: Callable[[str], Iterable[Body]],
    chain: Chain,
) -> str:
    """Who looks again at what some units decided (复查, 信访工作条例 35): the office; where it was
    the office itself, the unit above it."""
    if chain.office in decided:
        for unit in above(chain.office):
            if unit.desk and unit.code not in barred:
                return unit.code
    return decider(barred, chain)


def decider(barred: AbstractSet[str], chain: Chain) -> str:
    """Who decides about a case as the office does: the office, or the body in its stead."""
    if chain.discipline in barred:
        return chain.superior
    return chain.discipline if chain.office in barred else chain.office

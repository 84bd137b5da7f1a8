"""The table that a soak prints."""

from __future__ import annotations

from tests.soak.rounds import Outcome

_SHOWN = 10


def table(outcome: Outcome) -> str:
    """What was sent, what became of it, and what was met on the way."""
    verdict = outcome.verdict
    rows = [
        ("sent", verdict.sent),
        ("acknowledged", verdict.acknowledged),
        ("never answered", verdict.unanswered),
        ("lost", _listed(verdict.lost)),
        ("doubled", _listed(verdict.doubled)),
        ("words differ", _listed(verdict.words_differ)),
        ("files differ", _listed(verdict.files_differ)),
        ("notices delivered", verdict.texts_delivered),
        ("notices delivered twice", verdict.texts_twice),
        *((f"left: {what}", number) for what, number in outcome.left.items()),
        *((what, number) for what, number in sorted(outcome.counts.items())),
        ("starts after a kill or a power cut", len(outcome.starts)),
        ("slowest start, in seconds", f"{max(outcome.starts, default=0):.1f}"),
        ("seconds", f"{outcome.seconds:.0f}"),
    ]
    wide = max(len(what) for what, _ in rows)
    return "\n".join(f"{what:<{wide}}  {value}" for what, value in rows)


def _listed(indices: list[int]) -> str:
    """How many, and the first of them, by which the seed finds them again."""
    first = ", ".join(str(index) for index in indices[:_SHOWN])
    return f"{len(indices)} ({first})" if indices else "0"

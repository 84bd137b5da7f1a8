"""The table: every row beside the bare page of the same run, and beside what speed.md aims at."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from bench.measuring import Measured, Sample
from bench.processes import Memory
from portal.foundation import clock

_HEAD = ("row", "ratio", "by CPU", "req/s", "CPU µs", "p50 ms", "p99 ms", "bytes", "aim", "")
_WIDTHS = (34, 6, 7, 7, 8, 8, 8, 8, 25, 0)


def heading(client: str, rounds: int, seconds: float) -> str:
    """When, on what machine, and how."""
    moment = clock.now().astimezone(clock.SHANGHAI)
    load = os.getloadavg()[0]
    return (
        f"{moment:%Y-%m-%d %H:%M} (Shanghai), {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, load {load:.1f} before; client {client}; "
        f"{rounds} rounds of {seconds:g} s, rows in turn, medians"
    )


def table(measured: Sequence[Measured], bare: Measured | None) -> str:
    """The rows as text."""
    by_name = {one.row.name: one for one in measured}
    lines = [_line(_HEAD), *(_line(_cells(one, bare, by_name)) for one in measured)]
    return "\n".join(lines)


def memory_line(name: str, workers: Sequence[Memory], most: float) -> str:
    """The largest worker of a server beside what a worker may take."""
    largest = max(workers, key=lambda one: one.megabytes)
    what = f"memory per worker, {name}, {largest.kind} in MB"
    return limit_line(what, largest.megabytes, most)


def start_line(name: str, seconds: Sequence[float], most: float) -> str:
    """How long a server takes from its start to its first good answer."""
    took, fastest = median(seconds), min(seconds)
    verdict = _verdict(took <= most)
    return f"start to ready, {name}: {took:.2f} s ({fastest:.2f}); aim ≤ {most:g} s, {verdict}"


def limit_line(what: str, found: float, most: float) -> str:
    """A count beside its upper limit."""
    return f"{what}: {found:,.0f}; aim ≤ {most:,.0f}, {_verdict(found <= most)}"


def _cells(
    one: Measured, bare: Measured | None, by_name: Mapping[str, Measured]
) -> tuple[str, ...]:
    if not one.samples:
        return (one.row.name, "not there", one.not_there)
    ratio = one.beside(bare, _rate) if bare else None
    by_cpu = bare.beside(one, _cpu) if bare else None
    smaller = by_name.get(one.row.smaller)
    growth = one.beside(smaller, _p50) if smaller and smaller.samples else None
    return (
        one.row.name,
        f"{ratio:.3f}" if ratio is not None else "",
        f"{by_cpu:.3f}" if by_cpu is not None else "",
        f"{one.middle(_rate):.0f}",
        f"{one.middle(_cpu):.0f}",
        f"{one.middle(_p50):.1f}",
        f"{one.middle(_p99):.1f}",
        f"{one.bytes_of_answer:,}",
        str(one.row.aim),
        "; ".join(_remarks(one, ratio, growth)),
    )


def _remarks(one: Measured, ratio: float | None, growth: float | None) -> Iterator[str]:
    refused = sum(sample.answered.refused for sample in one.samples)
    if growth is not None:
        yield f"growth {growth:.2f}"
    if str(one.row.aim):
        yield _verdict(_is_met(one, ratio, growth))
    if refused:
        yield f"{refused} REFUSED"


def _is_met(one: Measured, ratio: float | None, growth: float | None) -> bool:
    aim = one.row.aim
    return (
        (ratio is None or ratio >= aim.ratio)
        and (growth is None or growth <= aim.growth)
        # A page so slow that no answer came in time has no p50.
        and 0 < one.middle(_p50) <= aim.p50_ms
        and one.middle(_p99) <= aim.p99_ms
    )


def _line(cells: tuple[str, ...]) -> str:
    padded = [_padded(cell, width) for cell, width in zip(cells, _WIDTHS, strict=False)]
    return "  ".join(padded).rstrip()


def _padded(cell: str, width: int) -> str:
    # A Chinese character takes two columns.
    wide = sum(ord(letter) > 0x2E80 for letter in cell)
    return cell + " " * max(0, width - len(cell) - wide)


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"


def _rate(sample: Sample) -> float:
    return sample.answered.rate


def _cpu(sample: Sample) -> float:
    return sample.cpu_us


def _p50(sample: Sample) -> float:
    return sample.answered.p50_ms


def _p99(sample: Sample) -> float:
    return sample.answered.p99_ms

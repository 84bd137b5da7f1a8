"""The machine under a deployment: its clock, its disk, what of its memory may reach a disk, and
what stands in front. What the doctor says of it."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.system.finding import Finding
from intake.cases.event import Event
from portal.foundation import clock
from portal.foundation.landlock import is_there
from portal.foundation.settings import Settings

_LEAST_FREE = 2 * 1024**3
# Each receipt waits for the disk; with fewer a busy hour of a street doesn't get through.
_FEWEST_SYNCS = 20.0
_MOST_TRIES, _LONGEST_SECONDS = 20, 0.5
_TOO_FAR_AHEAD = timedelta(minutes=2)
_TIME_ERROR = 5
_STRUCT_TIMEX_BYTES = 512


def machine_findings(session: Session, settings: Settings) -> Iterator[Finding]:
    """What of the machine should be mended before citizens are let in."""
    yield from _clock(session)
    for folder in dict.fromkeys((settings.data_dir, settings.files_dir)):
        yield from too_full(folder, shutil.disk_usage(folder).free)
    yield from too_slow(settings.database_dir, syncs_a_second(settings.database_dir))
    yield from _swap()
    yield from _cores()
    yield from _walls()
    yield from _front(settings)


def _clock(session: Session) -> Iterator[Finding]:
    yield from not_kept_right(is_kept_right())
    last = session.scalars(select(Event.happened_at).order_by(Event.seq.desc()).limit(1)).first()
    if last is not None and last - clock.now() > _TOO_FAR_AHEAD:
        yield Finding(
            f"The last event happened at {last:%Y-%m-%d %H:%M} UTC, which is still to come: the "
            "clock was put back. Put it right.",
            "最后一条留痕的时间还没有到，时钟被往回拨过：先把时间调对",
        )


def not_kept_right(kept: bool | None) -> Iterator[Finding]:
    """What is said where nothing keeps the clock right; of a kernel that doesn't tell, nothing."""
    if kept is False:
        yield Finding(
            "The clock isn't kept right by the network: install chrony, or switch on "
            "systemd-timesyncd.",
            "时钟没有校准：装上 chrony，或者打开 systemd-timesyncd",
        )


def is_kept_right() -> bool | None:
    """Whether the kernel says that something keeps its clock right; None where it doesn't tell."""
    state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_STRUCT_TIMEX_BYTES))
    return None if state < 0 else bool(state != _TIME_ERROR)


def too_full(folder: Path, free: int) -> Iterator[Finding]:
    """What is said where so many bytes are free."""
    if free < _LEAST_FREE:
        yield Finding(
            f"{free // 1024**2} MB are free under {folder}: make room. Below 512 MB no files are "
            "taken.",
            f"{folder} 只剩{free // 1024**2}兆：腾出地方，不到512兆就收不了文件",
        )


def too_slow(folder: Path, rate: float) -> Iterator[Finding]:
    """What is said where so many writes a second are on the disk when they are said to be."""
    if rate < _FEWEST_SYNCS:
        yield Finding(
            f"The disk under {folder} takes {rate:.0f} writes a second; {_FEWEST_SYNCS:.0f} are "
            "needed. Put it on a faster one.",
            f"{folder} 的磁盘一秒只写得了{rate:.0f}次，要{_FEWEST_SYNCS:.0f}次：换一块快的",
        )


def syncs_a_second(folder: Path) -> float:
    """How many small writes a second are on the disk when they are said to be."""
    with tempfile.TemporaryFile(dir=folder) as file:
        began, tries = time.monotonic(), 0
        while tries < _MOST_TRIES and time.monotonic() - began < _LONGEST_SECONDS:
            file.write(b"0" * 4096)
            file.flush()
            os.fsync(file.fileno())
            tries += 1
        return tries / max(time.monotonic() - began, 1e-6)


def _swap() -> Iterator[Finding]:
    for place in open_swaps(Path("/proc/swaps"), Path("/sys/dev/block")):
        yield Finding(
            f"What is in memory may reach the disk in the clear: run `swapoff {place}`, or encrypt "
            "it.",
            f"内存里的内容会明着写到磁盘上：运行 swapoff {place}，或者给它加密",
        )


def open_swaps(listed: Path, blocks: Path) -> Iterator[str]:
    """Where memory is written out without being encrypted."""
    try:
        lines = listed.read_text().splitlines()[1:]
    except OSError:
        return
    for place in (line.split()[0] for line in lines):
        if not place.startswith("/dev/zram") and not _is_encrypted(_block_of(place, blocks)):
            yield place


def _block_of(place: str, blocks: Path) -> Path:
    try:
        found = os.stat(place)
    except OSError:
        return blocks / "unknown"
    number = found.st_rdev or found.st_dev
    return blocks / f"{os.major(number)}:{os.minor(number)}"


def _is_encrypted(block: Path) -> bool:
    """Whether a device is dm-crypt, or lies on nothing else."""
    try:
        if (block / "dm" / "uuid").read_text().startswith("CRYPT-"):
            return True
    except OSError:
        return False
    below = list((block / "slaves").glob("*"))
    return bool(below) and all(_is_encrypted(one) for one in below)


def _cores() -> Iterator[Finding]:
    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        yield Finding(
            "A process that falls may leave its memory in a file: LimitCORE=0 in the unit, "
            "`ulimit -c 0` in a shell.",
            "程序出错时会把内存写成文件：服务里写 LimitCORE=0，终端里运行 ulimit -c 0",
        )


def _walls() -> Iterator[Finding]:
    if not is_there():
        yield Finding(
            "This kernel has no Landlock: the public process isn't confined. Add landlock to the "
            "kernel's lsm=, or take a kernel since 5.13.",
            "内核没有打开 Landlock，公众网站的进程没有关住：在内核参数 lsm= 里加上 landlock",
        )


def _front(settings: Settings) -> Iterator[Finding]:
    if not settings.public_url.startswith("https://"):
        yield Finding(
            "Citizens' words would go over the network in the clear: set PUBLIC_URL to https:// "
            "and put deploy/nginx in front.",
            "群众写的内容会明着在网上走：PUBLIC_URL 要以 https:// 开头，前面架 deploy/nginx",
        )
    elif settings.trusted_proxies == 0:
        yield Finding(
            "All citizens share one limit, since nobody is believed about where they come from: "
            "set TRUSTED_PROXIES=1.",
            "所有群众共用一个次数限制：写上 TRUSTED_PROXIES=1",
        )

"""What the cleaning child may no longer ask of the kernel: to start, signal or look into a process,
to talk to anybody, to raise its own limits. It may start threads, which one decoder needs.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
# A filter is a little program: load a word, compare it and jump, or return.
_LOAD, _EQUAL, _AT_LEAST, _HAS_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
# Calls of another kind of x86-64 have this bit.
_OTHER_KIND = 0x40000000
_A_THREAD = 0x00010000


class _Machine(NamedTuple):
    """A kind of machine, and the numbers its kernel gives the calls."""

    sign: int
    clone: int
    forbidden: Mapping[str, int]


_CLONE3 = 435
_ON_EVERY_MACHINE = {"pidfd_send_signal": 424, "io_uring_setup": 425, "pidfd_open": 434}
_MACHINES = {
    "x86_64": _Machine(
        0xC000003E,
        56,
        _ON_EVERY_MACHINE
        | {"fork": 57, "vfork": 58, "execve": 59, "execveat": 322}
        | {"socket": 41, "socketpair": 53, "mq_open": 240}
        | {"kill": 62, "tkill": 200, "tgkill": 234, "sigqueue": 129, "tgsigqueue": 297}
        | {"ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311}
        | {"setrlimit": 160, "prlimit64": 302, "unshare": 272, "setns": 308}
        | {"shmget": 29, "semget": 64, "msgget": 68}
        | {"add_key": 248, "request_key": 249, "keyctl": 250}
        | {"bpf": 321, "perf_event_open": 298, "userfaultfd": 323},
    ),
    "aarch64": _Machine(
        0xC00000B7,
        220,
        _ON_EVERY_MACHINE
        | {"execve": 221, "execveat": 281}
        | {"socket": 198, "socketpair": 199, "mq_open": 180}
        | {"kill": 129, "tkill": 130, "tgkill": 131, "sigqueue": 138, "tgsigqueue": 240}
        | {"ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271}
        | {"setrlimit": 164, "prlimit64": 261, "unshare": 97, "setns": 268}
        | {"shmget": 194, "semget": 190, "msgget": 186}
        | {"add_key": 217, "request_key": 218, "keyctl": 219}
        | {"bpf": 280, "perf_event_open": 241, "userfaultfd": 282},
    ),
}


def give_up_calls() -> bool:
    """Give them up for good, and say whether this kernel and machine let us."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = b"".join(_program(machine))
    held = ctypes.create_string_buffer(program, len(program))
    # The length counts instructions of eight bytes; the pointer is aligned.
    described = struct.pack("@HP", len(program) // 8, ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, described, 0, 0) == 0)


def _program(machine: _Machine) -> Iterator[bytes]:
    yield _step(_LOAD, _MACHINE)
    yield _step(_EQUAL, machine.sign, 1, 0)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, _CALL)
    yield from _refuse(_AT_LEAST, _OTHER_KIND, errno.EPERM)
    # Without it the C library asks by the older call, whose flags can be looked at.
    yield from _refuse(_EQUAL, _CLONE3, errno.ENOSYS)
    for number in machine.forbidden.values():
        yield from _refuse(_EQUAL, number, errno.EPERM)
    yield _step(_EQUAL, machine.clone, 0, 3)
    yield _step(_LOAD, _FIRST_ARGUMENT)
    yield _step(_HAS_BIT, _A_THREAD, 1, 0)
    yield _step(_RETURN, _REFUSE | errno.EPERM)
    yield _step(_RETURN, _ALLOW)


def _refuse(compare: int, number: int, error: int) -> Iterator[bytes]:
    yield _step(compare, number, 0, 1)
    yield _step(_RETURN, _REFUSE | error)


def _step(what: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    """One instruction; the last two numbers say how many of the next ones are left out."""
    return struct.pack("=HBBI", what, if_so, if_not, value)

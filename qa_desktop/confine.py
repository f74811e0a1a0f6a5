"""Keeps the program off the network: by the kernel where it offers that, and by asking libraries nicely.

`deny_network` installs a seccomp filter (seccomp(2); Linux, Documentation/userspace-api/seccomp_filter.rst)
that lets this process and everything it starts create sockets of the family AF_UNIX only.  The display and
D-Bus are reached through those; the internet is not.  The filter can be neither lifted nor loosened.

`silence_telemetry` asks nicely.  ONNX Runtime reads its variable when it is loaded, so both belong before any
other import.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from dataclasses import dataclass

QUIET_VARIABLES = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}

_EPERM = 1
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1  # the filter also holds for threads that run already

# What the filter answers (linux/seccomp.h).
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | _EPERM

# Instructions of the classic Berkeley packet filter (linux/bpf_common.h).
_LOAD = 0x20  # accumulator = the 32-bit word at offset k of struct seccomp_data
_IF_EQUAL = 0x15  # skip jt instructions if accumulator == k, else jf
_IF_AT_LEAST = 0x35  # skip jt instructions if accumulator >= k, else jf
_RETURN = 0x06  # answer k

# Offsets into struct seccomp_data: int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6].
_OFFSET_CALL = 0
_OFFSET_ARCHITECTURE = 4
_OFFSET_FIRST_ARGUMENT = 16  # its low half: both machines below are little-endian

_AF_UNIX = 1
_IO_URING_SETUP = 425  # the same number on every machine; a ring could create sockets unseen by the filter
_X32_CALLS = 0x40000000  # x86-64 has a second table of system calls from here on


@dataclass(frozen=True, slots=True)
class _Machine:
    """The numbers that differ between machines: AUDIT_ARCH_*, and the system calls used here."""

    architecture: int
    socket: int
    seccomp: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, socket=41, seccomp=317),
    "aarch64": _Machine(0xC00000B7, socket=198, seccomp=277),
}


def silence_telemetry() -> None:
    """Tell libraries not to call home, and not to try what the network can do.

    urllib3, which comes along with the reader of web pages, makes a socket when it is imported if Python
    says that there is IPv6.
    """
    import socket  # noqa: PLC0415 -- the rest of this module needs nothing but what Python has loaded anyway

    os.environ.update(QUIET_VARIABLES)
    socket.has_ipv6 = False


def deny_network() -> bool:
    """Refuse this process and its children every socket that is not AF_UNIX; tell whether that is enforced.

    Creating another socket fails with EPERM (`PermissionError`) from here on.  Call it before threads and
    child processes exist: threads are covered all the same, children only if started later.  Calling it
    again is harmless.  Where the kernel cannot do it (no Linux, another machine, a kernel without seccomp)
    nothing happens and the answer is False.
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.byteorder != "little":
        return False
    return _install(_filter_for(machine), machine)


def _filter_for(machine: _Machine) -> bytes:
    """Assemble the filter; every system call the kernel makes for us runs through this table."""
    table = (
        # operation, skip if true, skip if false, value      no. what it asks or does
        (_LOAD, 0, 0, _OFFSET_ARCHITECTURE),  # .......... 0  which machine's call is it?
        (_IF_EQUAL, 0, 6, machine.architecture),  # ...... 1  a foreign one (32-bit): refuse at 8
        (_LOAD, 0, 0, _OFFSET_CALL),  # .................. 2  which system call is it?
        (_IF_AT_LEAST, 4, 0, _X32_CALLS),  # ............. 3  one of the second table: refuse at 8
        (_IF_EQUAL, 3, 0, _IO_URING_SETUP),  # ........... 4  a ring: refuse at 8
        (_IF_EQUAL, 0, 3, machine.socket),  # ............ 5  anything but socket(): allow at 9
        (_LOAD, 0, 0, _OFFSET_FIRST_ARGUMENT),  # ........ 6  socket() of which family?
        (_IF_EQUAL, 1, 0, _AF_UNIX),  # .................. 7  a local one: allow at 9
        (_RETURN, 0, 0, _REFUSE),  # ..................... 8  EPERM
        (_RETURN, 0, 0, _ALLOW),  # ...................... 9  go on
    )
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in table)


class _Program(ctypes.Structure):
    """`struct sock_fprog`: how many instructions, and where they lie."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _install(instructions: bytes, machine: _Machine) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    # An ordinary user may install a filter only after giving up set-user-id programs for good.
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    program = _Program(len(instructions) // struct.calcsize("=HBBI"), instructions)
    answer = libc.syscall(
        ctypes.c_long(machine.seccomp),
        ctypes.c_ulong(_SECCOMP_SET_MODE_FILTER),
        ctypes.c_ulong(_SECCOMP_FILTER_FLAG_TSYNC),
        ctypes.byref(program),
    )
    return bool(answer == 0)

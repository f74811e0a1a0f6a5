"""Refuses the network while tests run, and remembers who asked for it.

The kernel refuses it for the test process and for every program a test starts (`confine.deny_network`); an
audit hook sees the attempts of Python code, also on systems without that filter, so that an attempt whose
error was swallowed still fails the test in which it was made.
"""

from __future__ import annotations

import socket
import sys

LOCAL = getattr(socket, "AF_UNIX", None)

_attempts: list[str] = []


def refuse() -> None:
    """Start refusing; it cannot be undone."""
    from qa_desktop.confine import deny_network, silence_telemetry

    silence_telemetry()
    deny_network()
    sys.addaudithook(_audit)


def attempts() -> list[str]:
    """Return what was attempted since the last call, and forget it."""
    made, _attempts[:] = list(_attempts), []
    return made


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if _reaches_out(event, arguments):
        _attempts.append(f"{event}{arguments[1:]}")
        raise PermissionError(f"the network is refused while tests run: {event}{arguments[1:]}")


def _reaches_out(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "socket.__new__":
        # Windows builds socket pairs from loopback sockets: there the address tells, not the family.
        return LOCAL is not None and arguments[1] not in {LOCAL, -1}
    if event in {"socket.connect", "socket.sendto", "socket.bind"}:
        address = arguments[1]
        return isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1"}
    return event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}

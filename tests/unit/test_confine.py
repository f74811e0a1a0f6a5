"""The network is refused by the kernel, in this process and in every one it starts."""

from __future__ import annotations

import platform
import subprocess
import sys
import textwrap

import pytest

enforceable = sys.platform == "linux" and platform.machine() in {"x86_64", "aarch64"}
only_where_enforceable = pytest.mark.skipif(not enforceable, reason="this system offers no seccomp filter")


def run(program: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_without_seccomp_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    from qa_desktop import confine

    monkeypatch.setattr(platform, "machine", lambda: "some-other-machine")
    assert confine.deny_network() is False


@only_where_enforceable
@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET"])
def test_a_socket_that_could_reach_the_network_is_refused(family: str) -> None:
    said = run(f"""
        import socket
        from qa_desktop.confine import deny_network
        assert deny_network()
        try:
            socket.socket(socket.{family})
        except PermissionError:
            print("refused")
        """)
    assert said == "refused"


@only_where_enforceable
def test_local_sockets_and_pipes_work_on() -> None:
    said = run("""
        import multiprocessing, socket, subprocess, sys
        from qa_desktop.confine import deny_network
        assert deny_network()
        left, right = socket.socketpair()
        left.sendall(b"here")
        assert right.recv(4) == b"here"
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()
        print(subprocess.check_output([sys.executable, "-c", "print('and there')"], text=True))
        """)
    assert said == "and there"


@only_where_enforceable
def test_children_and_running_threads_are_covered() -> None:
    said = run("""
        import socket, subprocess, sys, threading
        from qa_desktop.confine import deny_network

        go, refused = threading.Event(), []
        def later():
            go.wait(30)
            try:
                socket.socket(socket.AF_INET)
            except PermissionError:
                refused.append("thread")
        thread = threading.Thread(target=later)
        thread.start()
        assert deny_network()
        go.set()
        thread.join()
        child = "import socket; socket.socket(socket.AF_INET)"
        answer = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True)
        print(*refused, *["child"] * ("PermissionError" in answer.stderr))
        """)
    assert said == "thread child"


@only_where_enforceable
def test_asking_twice_is_harmless() -> None:
    assert (
        run("from qa_desktop.confine import deny_network; print(deny_network(), deny_network())")
        == "True True"
    )


@only_where_enforceable
def test_a_ring_that_could_open_sockets_unseen_is_refused() -> None:
    said = run("""
        import ctypes, errno
        from qa_desktop.confine import deny_network
        assert deny_network()
        libc = ctypes.CDLL(None, use_errno=True)
        assert libc.syscall(ctypes.c_long(425), ctypes.c_long(4), None) == -1
        print(errno.errorcode[ctypes.get_errno()])
        """)
    assert said == "EPERM"


def test_telemetry_is_switched_off_for_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    from qa_desktop import confine

    for name in confine.QUIET_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("socket.has_ipv6", True)
    confine.silence_telemetry()
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_reading_web_pages_brings_no_library_that_tries_the_network() -> None:
    said = run("""
        import socket, sys
        from qa_desktop.confine import silence_telemetry
        silence_telemetry()
        made = []
        sys.addaudithook(lambda event, given: made.append(given[1:]) if event == "socket.__new__" else None)
        import trafilatura
        print(made)
        """)
    assert said == "[]"

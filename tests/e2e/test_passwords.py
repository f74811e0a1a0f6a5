"""At a terminal, the password of a protected file is asked for, and is not to be seen."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

pytest.importorskip("termios")
import fcntl
import pty
import termios


def test_a_password_is_asked_for_at_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("one.pdf", "two.pdf"):
        page = Canvas(str(folder / name), encrypt=StandardEncryption("sesame"))
        page.drawString(72, 720, f"The number of file {name} is known.")
        page.showPage()
        page.save()
    master, slave = pty.openpty()

    def own_the_terminal() -> None:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    command = [sys.executable, "-m", "qa_desktop", "add", str(folder), "--library", str(tmp_path / "library")]
    with subprocess.Popen(
        command,
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
        text=True,
        preexec_fn=own_the_terminal,  # noqa: PLW1509 -- it calls nothing that another thread may hold
    ) as process:
        os.close(slave)
        screen = Screen(master)
        screen.wait_for("Password of one.pdf")
        os.write(master, b"wrong\n")
        screen.wait_for("That was not it.")
        screen.wait_for("Password of one.pdf", times=2)
        os.write(master, b"sesame\n")
        screen.wait_for("")
        stdout, _ = process.communicate(timeout=60)
    os.close(master)
    assert process.returncode == 0, stdout
    assert "2 updated" in stdout
    assert "sesame" not in screen.shown
    assert "Password of two.pdf" not in screen.shown  # what opened one file is tried on the next


class Screen:
    """What the terminal has shown so far."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self.shown = ""

    def wait_for(self, wanted: str, times: int = 1) -> None:
        """Wait until `wanted` has been shown so many times; with nothing wanted, until the program ends."""
        until = time.monotonic() + 60
        while not wanted or self.shown.count(wanted) < times:
            left = until - time.monotonic()
            ready = select.select([self._terminal], [], [], max(0, left))[0]
            assert ready, self.shown
            try:
                new = os.read(self._terminal, 4096)
            except OSError:  # nobody is at the other end any more
                new = b""
            if not new:
                assert not wanted, self.shown
                return
            self.shown += new.decode("utf-8", "replace")

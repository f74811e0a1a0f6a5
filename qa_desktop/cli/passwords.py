"""Passwords of protected files, asked for one by one where somebody sits at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import click

from qa_desktop.cli.text import plain
from qa_desktop.library import AddReport, FileReport

_TRIES = 3

Retry = Callable[[int, str], AddReport]


def can_ask() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@dataclass(slots=True)
class Locks:
    """Opens protected files with passwords that the user types.

    `retry(document, password)` reads a file again.  A password that opened one file is tried on the next ones
    before the user is asked.
    """

    retry: Retry
    ask: Callable[[str], str]
    _worked: list[str] = field(default_factory=list)

    def open_all(self, result: AddReport) -> AddReport:
        """Return `result` as it is after the user was asked for the password of every file that needs one."""
        files = {file.path: file for file in result.files if _is_locked(file)}
        for path, file in files.items():
            if file.document is None:
                continue
            for password in self._passwords(file.name):
                again = self.retry(file.document, password)
                others = tuple(f for f in result.files if f.path != path)
                result = AddReport(
                    tuple(sorted((*others, *again.files), key=lambda f: (f.name, f.path))),
                    result.seconds + again.seconds,
                )
                if not any(map(_is_locked, again.files)):
                    if password not in self._worked:
                        self._worked.append(password)
                    break
        return result

    def _passwords(self, name: str) -> Iterator[str]:
        yield from tuple(self._worked)
        for left in reversed(range(_TRIES)):
            password = self.ask(plain(f"Password of {name} (Enter leaves it out)"))
            if not password:
                return
            yield password
            click.echo("That was not it." if left else "That was not it; the file is left out.", err=True)


def asked(question: str) -> str:
    """Ask the user at the terminal, without showing what is typed."""
    answer: str = click.prompt(question, default="", show_default=False, hide_input=True, err=True)
    return answer


def _is_locked(file: FileReport) -> bool:
    return any(problem.reason == "encrypted" for problem in file.problems)

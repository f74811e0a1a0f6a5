"""Progress on standard error: a bar on a terminal, plain lines now and then otherwise."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from qa_desktop.cli.text import plain, width
from qa_desktop.progress import Progress, Report

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_AFTER = 0.4  # seconds: what is done sooner needs no bar
_STAGES = {"finding": "Looking for files", "asking": "Answering"}
_EVERY = 5.0  # seconds between two lines where there is no terminal


@contextmanager
def shown() -> Iterator[Report]:
    """Yield a report that shows progress until the block ends."""
    display: _Bars | _Lines = _Bars() if sys.stderr.isatty() else _Lines()
    try:
        yield display.step
    finally:
        display.close()


class _Bars:
    """One bar per stage."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._began = time.monotonic()
        self._stage = ""
        self._stack = ExitStack()
        self._bar: ProgressBar[object] | None = None

    def step(self, progress: Progress) -> None:
        """Show a step; may be called from several threads."""
        with self._guard:
            if not progress.total or time.monotonic() - self._began < _AFTER:
                return
            if progress.stage != self._stage or self._bar is None:
                self._stack.close()
                self._stage = progress.stage
                self._bar = self._stack.enter_context(
                    click.progressbar(
                        length=progress.total,
                        label=_in_words(progress.stage),
                        item_show_func=_shortened,
                        width=24,
                        file=sys.stderr,
                    )
                )
            if self._bar is not None:
                self._bar.update(progress.done - self._bar.pos, progress.item)

    def close(self) -> None:
        """End the bar's line."""
        with self._guard:
            self._stack.close()
            self._bar = None


class _Lines:
    """A line at most every few seconds."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._last = time.monotonic() - _EVERY + _AFTER

    def step(self, progress: Progress) -> None:
        """Show a step; may be called from several threads."""
        with self._guard:
            now = time.monotonic()
            if now - self._last < _EVERY:
                return
            self._last = now
            share = f" {100 * progress.fraction:.0f} %" if progress.total else ""
            click.echo(f"{_in_words(progress.stage)}{share}: {plain(progress.item)}", err=True)

    def close(self) -> None:
        """Nothing is left open."""


def _in_words(stage: str) -> str:
    return _STAGES.get(stage, stage.capitalize())


def _shortened(item: object) -> str | None:
    if not item:
        return None
    text, most = plain(str(item)), max(10, width() - 62)
    return text if len(text) <= most else "…" + text[1 - most :]

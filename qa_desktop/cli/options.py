"""What commands have in common: the library they work on, and how they are cancelled."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import click

from qa_desktop import paths, settings
from qa_desktop.progress import CancelToken

F = TypeVar("F", bound=Callable[..., Any])


def library_option(command: F) -> F:
    """Give a command the option that names the library."""
    return click.option(
        "--library",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="The folder of the library; by default the one in your user folder.",
    )(command)


def json_option(command: F) -> F:
    """Give a command the option to write JSON."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Write one JSON object, also for an error, instead of text."
    )(command)


def reading_options(command: F) -> F:
    """Give a command the options that say how files are read."""
    command = click.option(
        "--ocr/--no-ocr",
        "ocr",
        default=None,
        help="Whether to recognise the text in pictures of pages; by default as in the settings.",
    )(command)
    return click.option(
        "--password",
        prompt=True,
        prompt_required=False,
        hide_input=True,
        help="The password of protected files; without a value it is asked for.",
    )(command)


def recognises_scans(*, ocr: bool | None) -> bool:
    """Tell whether scanned pages are to be recognised: as the option says, or else the settings."""
    return settings.load().recognise_scans if ocr is None else ocr


def library_to_change(folder: Path | None) -> Path:
    """Return the library that a command changes."""
    return folder or paths.default_library()


def library_to_read(folder: Path | None) -> Path:
    """Return the library that a command reads: as long as there is none of one's own, the demonstration."""
    if folder is not None:
        return folder
    own, demonstration = paths.default_library(), paths.demonstration_library()
    if own.exists() or not demonstration.exists():
        return own
    click.echo("(The demonstration library; qa-desktop add PATH makes one of your own.)", err=True)
    return demonstration


@contextmanager
def cancellable() -> Iterator[CancelToken]:
    """Yield a token that Ctrl+C cancels, so that work stops between two pieces; a second one ends it."""
    token = CancelToken()
    if threading.current_thread() is not threading.main_thread():
        yield token
        return

    def stop(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        token.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield token
    finally:
        signal.signal(signal.SIGINT, before)

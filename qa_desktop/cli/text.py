"""Text for a terminal: nothing from a document or a file's name may steer the terminal."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata

_WIDEST = 100  # longer lines are hard to read


def plain(untrusted_text: str) -> str:
    """Return text without control characters and without marks that turn the direction of writing."""
    return "".join(c for c in untrusted_text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))


def width() -> int:
    """Return the number of columns to write in."""
    return max(40, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Return cleaned `text` broken into lines; the first one begins with `first`, others with `indent`."""
    lines = textwrap.wrap(
        plain(text),
        width=width(),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 document", "1,204 documents"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: int) -> str:
    """Return a number of bytes as people write it, in powers of 1000."""
    value = float(number)
    for unit in ("bytes", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "bytes" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"

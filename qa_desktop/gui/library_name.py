"""What to call a library."""

from __future__ import annotations

from pathlib import Path

from qa_desktop.gui import words
from qa_desktop.paths import default_library, demonstration_library


def library_name(folder: Path) -> str:
    """Return what to call the library in `folder`."""
    if folder == demonstration_library():
        return words.tr("Demonstration library")
    if folder == default_library():
        return words.tr("My library")
    return folder.name

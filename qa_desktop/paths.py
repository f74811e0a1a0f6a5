"""Where things lie: the only code that knows it.

*Bundled* data (demonstration corpus, demonstration index, resources) lies beside the package in a checkout
and inside it, under `bundled/`, once installed or frozen; the wheel's file list in pyproject.toml maps one
to the other.  *User* data lies where the operating system keeps it.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_APP = "qa-desktop"


def bundled(name: str) -> Path:
    """Return the path of bundled data, e.g. `bundled("resources/icons")`; it may not exist."""
    installed = _PACKAGE / "bundled"
    return (installed if installed.is_dir() else _PACKAGE.parent) / name


def user_data() -> Path:
    """Return the folder for the user's libraries and models (`QA_DESKTOP_DATA` overrides it)."""
    override = os.environ.get("QA_DESKTOP_DATA")
    return Path(override) if override else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def user_config() -> Path:
    """Return the folder for settings (`QA_DESKTOP_CONFIG` overrides it)."""
    override = os.environ.get("QA_DESKTOP_CONFIG")
    return Path(override) if override else Path(platformdirs.user_config_dir(_APP, appauthor=False))


def default_library() -> Path:
    """Return the folder of the library that commands use when none is named."""
    return user_data() / "library"


def demonstration_documents() -> Path:
    """Return the folder of the demonstration documents."""
    return bundled("corpus/documents")


def demonstration_library() -> Path:
    """Return the folder of the demonstration library as set-up built it."""
    return bundled("index/demonstration")


def model_folders() -> tuple[Path, ...]:
    """Return the folders in which models lie, the bundled one first."""
    return (bundled("resources/models"), user_data() / "models")

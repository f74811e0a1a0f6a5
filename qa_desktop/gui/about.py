"""Gathers what the program says about itself: version, models, terms."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import QCoreApplication

from qa_desktop import __version__
from qa_desktop.errors import QAError
from qa_desktop.gui.help_dialogs import About
from qa_desktop.models import registry
from qa_desktop.paths import bundled

_DISTRIBUTION = "qa-desktop"


def about_this_program() -> About:
    """Return it; a model list that cannot be read is shown as empty, for its error is shown elsewhere."""
    try:
        models = registry.installed()
    except QAError:
        models = ()
    purposes = {
        "encoder": _tr("finds passages by their meaning"),
        "cross-encoder": _tr("compares a passage with the question"),
        "text-finder": _tr("finds lines of text on scanned pages"),
        "text-reader": _tr("reads lines of text on scanned pages"),
    }
    return About(
        __version__,
        tuple((m.name, purposes.get(m.role, m.role), m.licence) for m in models),
        (
            (_tr("Licence"), _terms("LICENSE")),
            (_tr("Third parties"), _terms("THIRD_PARTY.md")),
        ),
    )


def _terms(name: str) -> str:
    """Return a licence file: beside the package in a checkout, in the package's metadata elsewhere."""
    for path in (bundled(name), bundled(f"licenses/{name}")):
        if path.is_file():
            return path.read_text("utf-8")
    try:
        files = metadata.files(_DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == name:
            return file.read_text("utf-8")
    return _tr(
        "QA Desktop is licensed under the Apache License 2.0: https://www.apache.org/licenses/LICENSE-2.0"
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("help", text)

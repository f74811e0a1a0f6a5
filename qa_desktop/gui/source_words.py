"""What the source view says about a place: where it is, and what its reader has to know."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from qa_desktop.gui import words
from qa_desktop.gui.source_place import Opened, Place, confidence


def tr(text: str) -> str:
    """Translate words of the source view."""
    return QCoreApplication.translate("source", text)


def place_in_words(place: Place, opened: Opened | None) -> str:
    """Return "Page 7 of 38 (printed 5)", or the place in words where there are no pages."""
    if not place.document.paged:
        return place.locator
    text = tr("Page %1 of %2").replace("%1", words.number(place.page))
    text = text.replace("%2", words.number(place.document.pages))
    if place.document.place:
        text = f"{place.document.place}, {text[:1].lower()}{text[1:]}"
    known = opened is not None and 1 <= place.page <= len(opened.pages)
    label = opened.pages[place.page - 1].label if opened is not None and known else ""
    if label and label != str(place.page):
        text += " " + tr("(printed %1)").replace("%1", label)
    sure = confidence(opened, place.page) if opened is not None else None
    if sure is not None:
        text += " · " + tr("from a scan, recognised with %1 confidence").replace("%1", words.percent(sure))
    return text


def what_to_know(opened: Opened) -> list[str]:
    """Return a sentence for whatever keeps the original from being shown with its words marked."""
    sentences = []
    if opened.origin.state == "gone":
        sentence = tr("The original is no longer at “%1”; the stored text is shown.")
        sentences.append(sentence.replace("%1", str(opened.origin.path)))
    elif opened.origin.state == "changed":
        sentences.append(
            tr("The file has changed since it was read; the stored text is shown, as it was read then.")
        )
    if not opened.runs and opened.place.sentences:
        sentences.append(unproven())
    return sentences


def unproven() -> str:
    """Return the sentence for a place that cannot be marked."""
    return tr("The exact place of these words cannot be proven here, so nothing is marked.")


def page_not_drawn() -> str:
    """Return the sentence for a page that could not be drawn."""
    return tr("The original page cannot be drawn, so the stored text is shown.")

"""Numbers, dates, places and problems in the user's words and locale."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from qa_desktop.domain import Citation, DocumentEntry, FileProblem, Hit
from qa_desktop.errors import REASONS

_LONG_QUOTE = 600
_WEEKDAY = re.compile(r"d{3,4}[,.،]?\s*")


def tr(text: str) -> str:
    """Translate words that belong to no widget."""
    return QCoreApplication.translate("words", text)


def number(value: int) -> str:
    """Return `value` with the locale's separators."""
    return QLocale().toString(value)


def count(value: int, one: str, many: str) -> str:
    """Return "1 document" or "42 documents"; `one` and `many` hold %n and are translated already."""
    return (one if value == 1 else many).replace("%n", number(value))


def documents(value: int) -> str:
    """Return "1 document" or "42 documents"."""
    return count(value, tr("%n document"), tr("%n documents"))


def date(iso: str) -> str:
    """Return a date of ISO 8601, as precise as it is, in the locale's words; empty stays empty."""
    parts = iso.split("-")
    if len(parts) == 3:
        day = QDate.fromString(iso[:10], "yyyy-MM-dd")
        locale = QLocale()
        # The long format without the day of the week, which nobody looks for in a source.
        wanted = _WEEKDAY.sub("", locale.dateFormat(QLocale.FormatType.LongFormat)).strip(" ,،.")
        return locale.toString(day, wanted) if day.isValid() else iso
    if len(parts) == 2 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        return f"{QLocale().standaloneMonthName(int(parts[1]))} {parts[0]}"
    return iso


def duration(seconds: float) -> str:
    """Return a time to wait, rounded as people round it."""
    if seconds < 10:
        return tr("a few seconds")
    if seconds < 55:
        return tr("about %1 seconds").replace("%1", number(round(seconds / 10) * 10))
    if seconds < 3300:
        return count(max(1, round(seconds / 60)), tr("about %n minute"), tr("about %n minutes"))
    return count(max(1, round(seconds / 3600)), tr("about %n hour"), tr("about %n hours"))


def size(value: int) -> str:
    """Return a size in bytes as people write it."""
    return QLocale().formattedDataSize(value, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def percent(share: float) -> str:
    """Return a share of 0 to 1 as people write it; what is not the whole is never rounded up to it."""
    value = 100 if share >= 1 else min(99, round(100 * share))
    return tr("%1 %").replace("%1", number(value))


def language(code: str) -> str:
    """Return the name of a language by its ISO 639-1 code; the code itself where Qt has no name for it."""
    found = QLocale.codeToLanguage(code)
    return QLocale.languageToString(found) if code and found != QLocale.Language.AnyLanguage else code


def title(document: DocumentEntry) -> str:
    """Return what to call a document: its title, or the name of its file."""
    return document.title or document.name.rsplit("/", 1)[-1]


def place(citation: Citation) -> str:
    """Return the place of a citation in words, with the printed page number where it differs."""
    if citation.page is None:
        return citation.locator
    return _in_file(citation.document, page(citation.page, citation.page_label))


def _in_file(document: DocumentEntry, where: str) -> str:
    """Put before a place where the document itself lies, if it is one inside a file."""
    return f"{document.place}, {where}" if document.place else where


def page(value: int, label: str = "") -> str:
    """Return "p. 7", or "p. 7 (printed 5)" where the printed number says something else."""
    words = tr("p. %1").replace("%1", number(value))
    if label and label != str(value):
        words += " " + tr("(printed %1)").replace("%1", label)
    return words


def hit_place(hit: Hit) -> str:
    """Return the place of a passage that was found; its heading where there are no pages."""
    if hit.document.paged:
        return _in_file(hit.document, page(hit.passage.page))
    if hit.locator:
        return hit.locator
    return hit.passage.headings[-1] if hit.passage.headings else ""


def problem(found: FileProblem) -> str:
    """Return why a file, or which part of it, was not read: one line."""
    reason = REASONS.get(found.reason)
    words = tr(reason.title) if reason else found.reason
    return f"{words} ({found.part})" if found.part else words


def problem_in_full(found: FileProblem) -> str:
    """Return what happened to a file and what to do about it."""
    reason = REASONS.get(found.reason)
    if reason is None:
        return found.detail or found.reason
    return f"{tr(reason.explanation)} {tr(reason.remedy)}"


def quote_with_citation(citation: Citation) -> str:
    """Return what *Copy quote* puts on the clipboard: the quote, and where it stands."""
    where = [title(citation.document), place(citation), date(citation.document.date)]
    name = citation.document.name
    return f"“{citation.quote}” ({', '.join(w for w in where if w)}; {name})"


def tip(text: str) -> str:
    """Return `text` for a tooltip: Qt guesses whether a tooltip is markup, so it gets none but our own."""
    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>" if text else ""


def short(text: str, limit: int = _LONG_QUOTE) -> str:
    """Return `text`, cut at a blank before `limit` characters if it is longer."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + " …"


KINDS = {
    "archive": "Archive",
    "book": "Book",
    "csv": "Table",
    "data": "Data",
    "doc": "Word",
    "docx": "Word",
    "email": "E-mail",
    "eml": "E-mail",
    "epub": "Book",
    "html": "Web page",
    "image": "Picture",
    "json": "JSON",
    "mail": "E-mail",
    "markdown": "Markdown",
    "mbox": "Mailbox",
    "mhtml": "Web page",
    "msg": "E-mail",
    "odp": "Presentation",
    "ods": "Spreadsheet",
    "odt": "Text document",
    "pdf": "PDF",
    "plain": "Text",
    "ppt": "Presentation",
    "pptx": "Presentation",
    "rtf": "Text document",
    "sheet": "Spreadsheet",
    "sheets": "Spreadsheet",
    "slides": "Presentation",
    "table": "Table",
    "text": "Text",
    "tsv": "Table",
    "web": "Web page",
    "word": "Word",
    "xls": "Spreadsheet",
    "xlsx": "Spreadsheet",
    "xml": "XML",
    "zip": "Archive",
}


def kind(name: str) -> str:
    """Return what people call a kind of file."""
    return tr(KINDS[name]) if name in KINDS else name.upper()

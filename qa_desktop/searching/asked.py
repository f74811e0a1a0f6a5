"""What is typed into the question field: filters and phrases told from the question itself.

    When did it close in:press/ type:pdf after:2022 -in:drafts/ "state of emergency"

A filter is a name that the program knows, a colon and a value without a blank between them; values with
blanks stand in quotation marks.  Whatever else has a colon is part of the question.  What stands in quotation
marks is a phrase, and what looks like a filter inside it is none.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qa_desktop.domain import Question, collapse
from qa_desktop.domain.file_types import FILE_TYPES, type_called
from qa_desktop.domain.filters import CLOSING, FILTERS, Filter
from qa_desktop.domain.languages import language_called
from qa_desktop.errors import UsageError

_LONGEST_PHRASE = 1500  # characters: longer than any passage
_OTHER_NAMES = {"lang": "language"}
_PIECE = re.compile(
    r"(?P<filter>(?<!\S)(?P<sign>-?)(?P<name>" + "|".join((*FILTERS, *_OTHER_NAMES)) + r"):"
    r"(?:\"(?P<straight>[^\"]+)\"|[“„](?P<curly>[^“”„\"]+)[”“]|«(?P<angled>[^«»\"]+)»"
    r"|(?P<plain>[^\s\"“”„«»]+?))"
    rf"(?=[{CLOSING}]*(?:\s|\Z)))"
    r"|(?P<phrase>(?<![\w-])(?:"
    r"\"(?!\s)(?P<p1>[^\"]+)(?<!\s)\"(?!\w)|[“„](?P<p2>[^“”„\"]+)[”“](?!\w)"
    r"|«(?P<p3>[^«»]+)»(?!\w)|»(?P<p4>[^«»]+)«(?!\w)))",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[^\w(\[{]+|[^\w)\]}%°]+$")
_WORD = re.compile(r"[^\W_]")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, taken apart.

    `text` is the question without its filters; its phrases stay in it.  `mistakes` are the filters with a
    value that makes no sense, each as it was typed and with a sentence on what is wrong.
    """

    text: str
    filters: tuple[Filter, ...] = ()
    phrases: tuple[str, ...] = ()
    mistakes: tuple[tuple[str, str], ...] = ()

    @property
    def typed(self) -> str:
        """The same as one text, the filters first; what was a mistake is left out."""
        return " ".join([*(f.typed for f in self.filters), *([self.text] if self.text else [])])

    @property
    def parts(self) -> tuple[str, ...]:
        """What was told from the question: its filters, then its mistakes, as they can be typed."""
        return tuple(
            dict.fromkeys([*(f.typed for f in self.filters), *(typed for typed, _ in self.mistakes)])
        )

    def without(self, number: int) -> str:
        """Return the question as typed, without one of its `parts`, counted from 0."""
        parts = [*self.parts[:number], *self.parts[number + 1 :], self.text]
        return " ".join(part for part in parts if part)


def take_apart(text: str) -> Asked:
    """Tell filters, phrases and question apart; any text will do."""
    filters: list[Filter] = []
    mistakes: list[tuple[str, str]] = []
    rest = text.strip()
    while pieces := [m for m in _PIECE.finditer(rest) if m["filter"] and _value(m)]:
        for piece in pieces:
            try:
                filters.append(make_filter(piece["name"], _value(piece), negated=bool(piece["sign"])))
            except UsageError as error:
                mistakes.append((piece["filter"], error.explanation))
        rest = _cut(rest, pieces)
    return Asked(rest, tuple(dict.fromkeys(filters)), phrases_of(rest), tuple(mistakes))


def phrases_of(text: str) -> tuple[str, ...]:
    """Return what stands in quotation marks and holds a word, each once, without marks at its ends."""
    found = []
    for piece in _PIECE.finditer(text):
        inner = piece["p1"] or piece["p2"] or piece["p3"] or piece["p4"] or ""
        phrase = _EDGES.sub("", collapse(inner))
        if _WORD.search(phrase) and len(phrase) <= _LONGEST_PHRASE:
            found.append(phrase)
    return tuple(dict.fromkeys(found))


def is_only_phrases(text: str) -> bool:
    """Tell whether no word of `text` stands outside quotation marks."""
    return bool(phrases_of(text)) and not _WORD.search(_PIECE.sub(" ", text))


def make_filter(name: str, value: str, *, negated: bool = False) -> Filter:
    """Return a filter from what was typed or given; raise UsageError for a value that makes no sense."""
    name = _OTHER_NAMES.get(name.lower(), name.lower())
    plain = value.replace('"', "").strip()
    if name == "type":
        checked = type_called(plain)
        wrong = f"“{plain}” is no type of document. Types are {', '.join(FILE_TYPES)}, and endings like docx."
    elif name == "language":
        checked = language_called(plain)
        wrong = f"“{plain}” is no language. Write its two-letter code, such as sr, or its English name."
    elif name in ("after", "before", "on"):
        checked = _date(plain)
        wrong = f"“{plain}” is no date. Write a year, 2022, a month, 2022-03, or a day, 2022-03-31."
    elif name == "author":
        checked = plain if _WORD.search(plain) else ""
        wrong = "It names no author."
    else:
        checked = plain
        wrong = "It names no folder and no file."
    if not checked:
        raise UsageError(f"“{name}:{plain}” cannot be used as a filter", wrong, _REMEDY)
    return Filter(name, checked, negated)


def understood(question: Question) -> Question:
    """Return `question` with its filters and phrases told apart, once; raise UsageError for a mistake."""
    if question.typed:
        return question
    asked = take_apart(question.text)
    for typed, wrong in asked.mistakes:
        raise UsageError(f"“{typed}” cannot be used as a filter", wrong, _REMEDY)
    if not asked.text and asked.filters:
        raise UsageError(
            "There is no question",
            f"There are only filters: {' '.join(f.typed for f in asked.filters)}.",
            "Add the words to be looked for.",
        )
    return replace(
        question, text=asked.text, typed=question.text, filters=asked.filters, phrases=asked.phrases
    )


_REMEDY = "Correct it, or put a blank after the colon if it is part of the question."


def _value(piece: re.Match[str]) -> str:
    return (piece["straight"] or piece["curly"] or piece["angled"] or piece["plain"] or "").strip()


def _cut(text: str, pieces: Iterable[re.Match[str]]) -> str:
    """Return `text` without these pieces, nor the blanks that they leave."""
    rest, last = "", 0
    for piece in pieces:
        rest = _join(rest, text[last : piece.start()])
        last = piece.end()
    return _join(rest, text[last:])


def _join(left: str, right: str) -> str:
    left, right = left.rstrip(), right.strip()
    blank = " " if left and right and right[0] not in CLOSING else ""
    return left + blank + right


def _date(text: str) -> str:
    """Return a date as YYYY, YYYY-MM or YYYY-MM-DD; empty for what is none."""
    found = _DATE.fullmatch(text)
    if found is None or not text.isascii():
        return ""
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        whole = datetime.date(year or 0, month or 1, day or 1).isoformat()
    except ValueError:
        return ""
    return whole[: 4 if month is None else 7 if day is None else 10]

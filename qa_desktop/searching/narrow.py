"""Documents that fit filters: pure functions over a library's list of documents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from qa_desktop.domain import DocumentEntry
from qa_desktop.domain.file_types import is_of_type
from qa_desktop.domain.filters import Filter
from qa_desktop.indexing import words

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The ids of the documents that fit.

    `left_out` counts those that would fit if they told the fact that a filter asks for: "date", "author" or
    "language", each with the number of documents that do not tell it.
    """

    documents: frozenset[int]
    left_out: tuple[tuple[str, int], ...] = ()


def narrow(entries: Iterable[DocumentEntry], filters: Sequence[Filter]) -> Narrowed:
    """Return the documents that fit `filters`.

    Of filters with the same name one has to fit (`type:pdf type:word`), but for dates and for negated ones,
    which count each by itself; and all names have to fit.  A negated filter takes out what surely fits, so
    that a filter and its negation share all documents between them.
    """
    groups: dict[object, list[Filter]] = {}
    for wanted in filters:
        alone = wanted.negated or wanted.name in ("after", "before")
        groups.setdefault(wanted if alone else wanted.name, []).append(wanted)
    fitting: set[int] = set()
    unknown: Counter[str] = Counter()
    for entry in entries:
        told = [(alike[0].name, _fits_any(entry, alike)) for alike in groups.values()]
        untold = [name for name, fits in told if fits is None]
        if all(fits for _, fits in told):
            fitting.add(entry.id)
        elif has_text(entry) and untold and all(fits is not False for _, fits in told):
            unknown[_FACTS[untold[0]]] += 1
    return Narrowed(frozenset(fitting), tuple(sorted(unknown.items())))


def has_text(entry: DocumentEntry) -> bool:
    """Tell whether a document can be searched."""
    return entry.state in ("searchable", "partial")


def matches(name: str, pattern: str) -> bool:
    """Tell whether a document's name fits a glob pattern, upper and lower case alike.

    A pattern also fits a file's own name without its folders, and a folder's name everything below it; one
    that ends with "/" fits nothing else.
    """
    low, wanted = _plain(name), _plain(pattern).rstrip("/")
    below = fnmatchcase(low, f"{wanted}/*") or low.startswith(f"{wanted}/")  # a name may hold a bracket
    if below or pattern.endswith("/"):
        return below
    own = PurePosixPath(low).name if "/" not in wanted else low
    return low == wanted or fnmatchcase(low, wanted) or fnmatchcase(own, wanted)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _fits_any(entry: DocumentEntry, alike: Sequence[Filter]) -> bool | None:
    """Tell whether one of these filters fits; None where the document does not tell."""
    told = [_TESTS[f.name](entry, f.value) for f in alike]
    if alike[0].negated:
        return not told[0]
    return True if any(told) else None if None in told else False


def _is_in(entry: DocumentEntry, pattern: str) -> bool | None:
    return matches(entry.name, pattern)


def _has_type(entry: DocumentEntry, wanted: str) -> bool | None:
    return is_of_type(entry.kind, entry.name, wanted)


def _is_by(entry: DocumentEntry, wanted: str) -> bool | None:
    """Tell whether every word of `wanted` begins a word of the author's name, in any spelling."""
    if not entry.author.strip():
        return None
    parts = [words.skeleton(t) for t in words.tokens(entry.author)]
    asked = [words.skeleton(t) for t in words.tokens(wanted)]
    return bool(asked) and all(any(part.startswith(a) for part in parts) for a in asked)


def _speaks(entry: DocumentEntry, code: str) -> bool | None:
    return entry.language[:2] == code if entry.language else None


# Dates are compared as far as both are known: a document of 2022 is after 2021, and not after 2022 or
# 2022-03.
def _is_after(entry: DocumentEntry, date: str) -> bool | None:
    own = _date_of(entry)
    return own[: len(date)] > date[: len(own)] if own else None


def _is_before(entry: DocumentEntry, date: str) -> bool | None:
    own = _date_of(entry)
    return own[: len(date)] < date[: len(own)] if own else None


def _is_on(entry: DocumentEntry, date: str) -> bool | None:
    own = _date_of(entry)
    return own[: len(date)] == date if own else None


def _date_of(entry: DocumentEntry) -> str:
    found = _DATE.match(entry.date)
    return found.group() if found else ""


_TESTS: dict[str, Callable[[DocumentEntry, str], bool | None]] = {
    "in": _is_in,
    "type": _has_type,
    "after": _is_after,
    "before": _is_before,
    "on": _is_on,
    "author": _is_by,
    "language": _speaks,
}
_FACTS = {"after": "date", "before": "date", "on": "date", "author": "author", "language": "language"}

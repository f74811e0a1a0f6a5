"""Read JSON, and files with one JSON value a line: what it says, as lines "name: value" a person can read.

Lists of like objects become tables.  A place is the path of a value, such as "records[3].title", counted
from 0 as programs count.  Numbers are kept as they are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, document, shorten
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.text.plain import decode, read_plain

_VERSION = "json 1"
_MOST_BLOCKS = 100_000
_MOST_FAULTS = 20  # lines of a file of lines that are named as broken
_LONG = 200  # characters; a longer text is a paragraph of its own
_ROWS = 25  # rows of a table that one place covers
_WIDEST = 60  # names of fields that a table has
_ALIKE = 0.8  # share of the fields that the objects of a table have
_NAMING = ("title", "name", "subject", "label", "headline", "question", "id", "key")
_PARAGRAPH = re.compile(r"\n\s*\n")
_PLAIN_NAME = re.compile(r"[^\s.\[\]]+")
_DATA = re.compile(r"(?:data:[\w/+.-]+;base64,)?[A-Za-z0-9+/=_-]{500,}\Z")
_LONGEST_PLACE = 120


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object as it is written, also where a name occurs twice."""

    fields: tuple[tuple[str, object], ...]


def read_json(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a JSON file, or of one value a line; raise `Unreadable` if empty.

    What is neither is read as text.
    """
    text, encoding = decode(data)
    if not text.strip():
        raise Unreadable("empty")
    builder = DocumentBuilder()
    problems: list[FileProblem] = []
    try:
        value = _loaded(text)
    except (ValueError, RecursionError):
        lines = _values_of_lines(text, problems)
        if not lines:
            return read_plain(data, name)
        writer = _Writer(builder)
        writer.write_all(lines)
    else:
        lines = []
        writer = _Writer(builder)
        writer.write("", value)
    if writer.full:
        problems.append(FileProblem("too_large", "", f"values after {builder.blocks[-1].locator}"))
    about = About() if lines else _about(value)
    return document("json", name, builder, about, engine=f"{_VERSION}, {encoding}", problems=tuple(problems))


def _loaded(text: str) -> object:
    """Return the value of a JSON text; numbers are the text they are written as."""
    return json.loads(
        text,
        strict=False,
        object_pairs_hook=lambda pairs: _Object(tuple(pairs)),
        parse_int=str,
        parse_float=str,
        parse_constant=str,
    )


def _values_of_lines(text: str, problems: list[FileProblem]) -> list[tuple[str, object]]:
    """Return the values of a file with one a line, with their places; none if most lines are not JSON."""
    found: list[tuple[str, object]] = []
    broken: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append((f"line {number}", _loaded(line)))
            except (ValueError, RecursionError):
                broken.append(number)
    if len(found) < 2 or len(broken) > len(found):
        return []
    problems.extend(FileProblem("damaged", "", f"line {number}") for number in broken[:_MOST_FAULTS])
    return found


class _Writer:
    """Writes values into a document, from the top down and without recursion."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder

    @property
    def full(self) -> bool:
        """True once there are as many blocks as a document may have."""
        return len(self._builder.blocks) >= _MOST_BLOCKS

    def write(self, path: str, value: object) -> None:
        """Write a value; below a list of objects each object has a heading."""
        waiting: list[tuple[str, str, object, bool]] = [(path, "", value, True)]
        while waiting and not self.full:
            path, label, value, top = waiting.pop()
            if isinstance(value, _Object) and value.fields:
                below = [(_joined(path, n), _joined(label, n), v, top) for n, v in value.fields]
                waiting.extend(reversed(below))
            elif isinstance(value, list) and value and not _is_short_list(value):
                items = [(f"{path}[{i}]", item) for i, item in enumerate(value)]
                if not self._table(items):
                    waiting.extend(reversed(self._items(items, label, top=top)))
            else:
                self._line(path, label, value)

    def write_all(self, items: Sequence[tuple[str, object]]) -> None:
        """Write values that stand side by side."""
        if self._table(items):
            return
        for place, value in items:
            self._heading(place, value)
            self.write(place, value)

    def _items(
        self, items: Sequence[tuple[str, object]], label: str, *, top: bool
    ) -> list[tuple[str, str, object, bool]]:
        """Return what is to be written for the items of a list; the outermost objects get headings."""
        if not top or not any(isinstance(item, _Object) for _, item in items):
            return [(place, f"{label}[{i}]", item, False) for i, (place, item) in enumerate(items)]
        waiting: list[tuple[str, str, object, bool]] = []
        for place, item in items:
            waiting.append((place, "", _Heading(item), False))
            waiting.append((place, "", item, False))
        return waiting

    def _heading(self, place: str, value: object) -> None:
        words = _name_of(value) or place
        self._builder.add(BlockKind.HEADING, [shorten(words, 200)], level=2, locator=_place(place))

    def _line(self, path: str, label: str, value: object) -> None:
        if isinstance(value, _Heading):
            self._heading(path, value.of)
            return
        words = _words(value)
        place = _place(path)
        if len(words) <= _LONG and "\n" not in words:
            kind = BlockKind.LIST if label else BlockKind.PARAGRAPH
            self._builder.add(kind, [f"{label}: {words}" if label else words], locator=place)
            return
        if label:
            self._builder.add(BlockKind.ASIDE, [label], label="name", locator=place)
        kind = BlockKind.ASIDE if _DATA.match(words) else BlockKind.PARAGRAPH
        for piece in _PARAGRAPH.split(words):
            self._builder.add(kind, [piece], label="data" if kind is BlockKind.ASIDE else "", locator=place)

    def _table(self, items: Sequence[tuple[str, object]]) -> bool:
        """Write like objects with short values as a table, and tell whether they are that."""
        names = _columns([item for _, item in items])
        if not names:
            return False
        for start in range(0, len(items), _ROWS):
            part = items[start : start + _ROWS]
            rows = [names]
            for _, item in part:
                known = dict(item.fields) if isinstance(item, _Object) else {}
                rows.append([_words(known[n]) if n in known else "" for n in names])
            first, last = _place(part[0][0]), _place(part[-1][0])
            words = "\n".join("\t".join(map(collapse, row)) for row in rows)
            place = first if first == last else f"{first} to {last}"
            if first.startswith("line ") and first != last:
                place = f"lines {first[5:]} to {last[5:]}"
            self._builder.add(BlockKind.TABLE, [words], locator=place)
            if self.full:
                break
        return True


@dataclass(frozen=True, slots=True)
class _Heading:
    """The place of a heading over an object, in the row of what is to be written."""

    of: object


def _columns(items: Iterable[object]) -> list[str]:
    """Return the fields of objects that are alike and flat, none where they are not."""
    counts: dict[str, int] = {}
    total = 0
    for item in items:
        if not isinstance(item, _Object) or len(item.fields) != len(dict(item.fields)):
            return []
        for name, value in item.fields:
            if isinstance(value, (_Object, list)) and not (isinstance(value, list) and _is_short_list(value)):
                return []
            if len(_words(value)) > _LONG:
                return []
            counts[name] = counts.get(name, 0) + 1
        total += 1
    alike = sum(counts.values()) >= _ALIKE * total * len(counts)
    return list(counts) if total > 1 and 1 < len(counts) <= _WIDEST and alike else []


def _is_short_list(value: Sequence[object]) -> bool:
    """Tell whether a list is one of plain values that are read on one line."""
    if len(value) > _LONG or any(isinstance(item, (_Object, list)) for item in value):
        return False
    return sum(len(str(item)) + 2 for item in value) <= _LONG and "\n" not in "".join(map(str, value))


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(_words, value)) if value else "[]"
    return "{}" if isinstance(value, _Object) else "null"


def _joined(path: str, name: str) -> str:
    step = name if _PLAIN_NAME.fullmatch(name) else f"[“{name}”]"
    if not path or step.startswith("["):
        return f"{path}{step}"
    return f"{path}, {step}" if path.startswith("line ") and path[5:].isdigit() else f"{path}.{step}"


def _place(path: str) -> str:
    return "the value" if not path else path if len(path) <= _LONGEST_PLACE else f"…{path[-_LONGEST_PLACE:]}"


def _name_of(value: object) -> str:
    """Return the short text by which an object is called, "" where it has none."""
    fields = dict(value.fields) if isinstance(value, _Object) else {}
    known = {name.lower(): v for name, v in reversed(fields.items()) if isinstance(v, str)}
    return next(
        (collapse(known[n]) for n in _NAMING if known.get(n, "").strip() and len(known[n]) <= _LONG), ""
    )


def _about(value: object) -> About:
    fields = dict(value.fields) if isinstance(value, _Object) else {}
    title = next((fields[n] for n in ("title", "name") if isinstance(fields.get(n), str)), "")
    return About(str(title) if len(str(title)) <= _LONG else "", origin="title field")

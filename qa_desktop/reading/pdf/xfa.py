"""Forms written in XML inside a PDF (XFA): what they say, and what was filled into them.

Such a form may be all there is to read: its page then says only that another program is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import clean
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import Element, child, local, parse_xml, value

_MOST_LINES = 5_000
_MOST_BYTES = 20_000_000
_DEEPEST = 100


def form_lines(parts: Mapping[str, bytes]) -> list[str]:
    """Return the printed texts and the filled-in fields ("name: value") of a form, in its order.

    `parts` are the form's own, by name ("template", "datasets").  What is broken is left out.
    """
    template, data = _parsed(parts, "template"), _parsed(parts, "datasets")
    filled: dict[str, list[str]] = {}
    for name, words in _leaves(data):
        filled.setdefault(name, []).append(words)
    lines: list[str] = []
    for item in _shown(template):
        if len(lines) >= _MOST_LINES:
            return lines
        name = value(item, "name")
        if local(item) == "draw":
            words = _text(child(item, "value"))
            lines.append(words)
            continue
        values = filled.get(name) or []
        words = values.pop(0) if values else _text(child(item, "value"))
        label = _text(child(item, "caption", "value")) or _text(child(item, "assist", "toolTip")) or name
        if words:
            lines.append(f"{label}: {words}" if label else words)
    lines += [f"{name}: {words}" for name, values in filled.items() for words in values if words]
    return [line for line in dict.fromkeys(lines) if line][:_MOST_LINES]


def _shown(item: Element, depth: int = 0) -> Iterator[Element]:
    """Yield what the template prints: texts and fields, without those that are not to be seen."""
    for part in item if item is not None else ():
        name = local(part)
        absent = child(part, "occur")
        never = absent is not None and value(absent, "initial") == "0"
        if never or value(part, "presence") in ("hidden", "invisible", "inactive"):
            continue
        if name in ("draw", "field"):
            yield part
        elif depth < _DEEPEST:
            yield from _shown(part, depth + 1)


def _parsed(parts: Mapping[str, bytes], name: str) -> Element:
    data = parts.get(name)
    if not data or len(data) > _MOST_BYTES:
        return None
    try:
        return parse_xml(data, name, mend=True)
    except Unreadable:
        return None


def _leaves(data: Element) -> Iterator[tuple[str, str]]:
    """Yield name and text of the elements of the data that hold text."""
    root = child(data, "data") if data is not None else None
    for item in root.iter() if root is not None else ():
        if len(item) == 0 and local(item) and (words := _text(item)):
            yield local(item), words


def _text(item: Element) -> str:
    return collapse(clean(" ".join(item.itertext()))) if item is not None else ""

"""Read XML that is no document format we know, for the words in it: feeds, exports, drawings, settings.

An element that holds words is a block; a short one that holds nothing else is a line "name: value".  A place
is the path of the element, such as "library/book[2]/title", counted from 1 as XPath does.
"""

from __future__ import annotations

from collections import Counter

from qa_desktop.domain import BlockKind, Document, FileProblem, collapse
from qa_desktop.reading.blocks import About, DocumentBuilder, document
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.safe_xml import Element, local, parse_xml

_VERSION = "xml 1"
_MOST_BLOCKS = 100_000
_LONG = 200  # characters; a longer text is a paragraph without its element's name
_PROSE = frozenset(
    ["p", "para", "paragraph", "text", "tspan", "title", "desc", "description", "summary", "t"]
)
_UNSEEN = frozenset(["script", "style", "defs", "metadata"])  # of drawings and pages
_LONGEST_PLACE = 120


def read_xml(data: bytes, name: str) -> Document:
    """Return the document of the words in an XML file.

    Raises `Unreadable`: "damaged", "no_text" for a drawing and "unsupported" for data without words.
    """
    root = parse_xml(data, name, mend=True)
    if root is None:
        raise Unreadable("damaged", "XML that cannot be understood")
    builder = DocumentBuilder()
    waiting: list[tuple[Element, str]] = [(root, local(root))]
    while waiting and len(builder.blocks) < _MOST_BLOCKS:
        element, place = waiting.pop()
        if _holds_words(element):
            _add(builder, element, place)
        else:
            waiting.extend(reversed(_children(element, place)))
    if not builder.blocks:
        drawing = local(root) == "svg"
        raise Unreadable(
            "no_text" if drawing else "unsupported", "drawing" if drawing else "data without words"
        )
    rest = f"what follows {builder.blocks[-1].locator}"
    problems = (FileProblem("too_large", "", rest),) if waiting else ()
    return document("xml", name, builder, About(), engine=_VERSION, problems=problems)


def _holds_words(element: Element) -> bool:
    """Tell whether there is text right in an element, so that what is below it is part of its sentence."""
    own = [element.text, *(child.tail for child in element)]
    return any(text and not text.isspace() for text in own)


def _children(element: Element, place: str) -> list[tuple[Element, str]]:
    """Return the elements below one that are seen, with their places."""
    children = [c for c in element if local(c) and local(c) not in _UNSEEN]
    counts = Counter(local(c) for c in children)
    numbers: Counter[str] = Counter()
    found = []
    for child in children:
        name = local(child)
        numbers[name] += 1
        number = f"[{numbers[name]}]" if counts[name] > 1 else ""
        found.append((child, f"{place}/{name}{number}"))
    return found


def _add(builder: DocumentBuilder, element: Element, place: str) -> None:
    words = collapse("".join(element.itertext()))
    name = local(element)
    if len(place) > _LONGEST_PLACE:
        place = f"…{place[-_LONGEST_PLACE:]}"
    locator = f"element {place}"
    if name == "title" and not builder.blocks:
        builder.add(BlockKind.HEADING, [words], level=1, locator=locator)
    elif len(words) > _LONG or len(element) or name in _PROSE:
        builder.add(BlockKind.PARAGRAPH, [words], locator=locator)
    elif any(c.isalpha() for c in words) or any(c.isdigit() for c in words):
        builder.add(BlockKind.LIST, [f"{name}: {words}"], locator=locator)

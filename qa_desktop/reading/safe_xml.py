"""Read XML from anywhere: nothing is fetched, no entity is expanded, names are compared without namespaces.

The same format often has several namespaces (transitional and strict, old and new), so elements and
attributes are compared by their local names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qa_desktop.reading.problems import Unreadable

Element = Any  # lxml publishes no types

_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.IGNORECASE)


def parse_xml(data: bytes, part: str, *, mend: bool = False) -> Element:
    """Return the root element of `data`; raise `Unreadable` ("damaged") naming `part` when it is no good.

    A document type that declares entities is refused as a whole: honest office files never do, and a few
    hundred bytes of them can stand for gigabytes.  With `mend` a broken document is read as far as it can be
    understood; the root is None if that is nowhere.
    """
    from lxml import etree  # noqa: PLC0415 - only the worker needs it

    refuse_entities(data, part)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        recover=mend,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("damaged", f"{part}: {getattr(error, 'msg', error)}") from error


def refuse_entities(data: bytes, part: str) -> None:
    """Raise `Unreadable` when `data` declares entities, whether it is written in one or two bytes a sign."""
    if _ENTITY.search(data):
        raise Unreadable("damaged", f"{part} declares entities")


def local(element: Element) -> str:
    """Return an element's name without its namespace, "" for comments and the like."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value(element: Element, name: str) -> str:
    """Return an attribute, whatever its namespace; "" where there is none."""
    if element is None:
        return ""
    for key, found in element.attrib.items():
        if key.rsplit("}", 1)[-1] == name:
            return str(found)
    return ""


def child(element: Element, *path: str) -> Element:
    """Return the first child of that name, or the first below it along `path`; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def below(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names at `element` and below it, in the order of the file."""
    for found in element.iter() if element is not None else ():
        if local(found) in names:
            yield found

"""The shapes of a slide in the order in which a person reads them: from top to bottom, from left to right.

A placeholder without a place of its own has that of the same one in the slide's layout, or its master.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_desktop.reading.safe_xml import Element, below, child, local, value

_DEEPEST = 20  # groups within groups
# English Metric Units, 914,400 to the inch.  Shapes whose tops differ by less stand side by side.
_SAME_LINE = 250_000


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape; `kind` is text, table or other; `placeholder` its role in the layout, "" for a free one."""

    kind: str
    element: Element
    placeholder: str
    properties: Element
    top: float
    left: float


def shapes_of(tree: Element, inherited: Sequence[Element]) -> list[Shape]:
    """Return the shapes of a tree, groups dissolved, in reading order; `inherited` are layout and master."""
    places: dict[tuple[str, str], tuple[float, float]] = {}
    for root in reversed(inherited):
        for element in below(child(root, "cSld", "spTree"), "sp"):
            found = _place(element)
            holder = _holder(element)
            if found and holder is not None:
                role, index = value(holder, "type") or "obj", value(holder, "idx")
                places[(role, "")] = places[("", index)] = found
    return _in_order(tree, places, 0)


def _in_order(tree: Element, places: dict[tuple[str, str], tuple[float, float]], depth: int) -> list[Shape]:
    units: list[tuple[float, float, list[Shape]]] = []
    for element in _members(tree):
        name = local(element)
        top, left = _place(element) or _inherited(element, places)
        if name == "grpSp" and depth < _DEEPEST:
            members = _in_order(element, places, depth + 1)
            if _place(element) is None and members:
                top, left = members[0].top, members[0].left
            units.append((top, left, members))
        elif name in ("sp", "cxnSp", "graphicFrame", "pic"):
            units.append((top, left, [_shape(element, name, top, left)]))
    return [shape for unit in _read_across(units) for shape in unit]


def _members(tree: Element) -> list[Element]:
    """Return the shapes right below a tree; of alternatives, the one that the newest program takes."""
    found: list[Element] = []
    for element in tree if tree is not None else ():
        if local(element) == "AlternateContent":
            branches = [b for b in element if local(b) in ("Choice", "Fallback")]
            found.extend(next((list(b) for b in branches if len(b)), []))
        else:
            found.append(element)
    return found


def _shape(element: Element, name: str, top: float, left: float) -> Shape:
    holder = _holder(element)
    kind = "text" if name == "sp" else "other"
    if name == "graphicFrame" and next(below(element, "tbl"), None) is not None:
        kind = "table"
    role = (value(holder, "type") or "obj") if holder is not None else ""
    return Shape(kind, element, role, next(below(element, "cNvPr"), None), top, left)


def _holder(element: Element) -> Element:
    """Return what makes a shape a placeholder, None for a free one."""
    own = next((e for e in element if local(e).startswith("nv")), None)
    return child(child(own, "nvPr"), "ph")


def _place(element: Element) -> tuple[float, float] | None:
    properties = next((e for e in element if local(e) in ("spPr", "grpSpPr")), None)
    frame = child(element, "xfrm") if properties is None else child(properties, "xfrm")
    offset = child(frame, "off")
    try:
        return float(value(offset, "y")), float(value(offset, "x"))
    except ValueError:
        return None


def _inherited(element: Element, places: dict[tuple[str, str], tuple[float, float]]) -> tuple[float, float]:
    holder = _holder(element)
    if holder is None:
        return 0.0, 0.0
    by_role = places.get((value(holder, "type") or "obj", ""), (0.0, 0.0))
    return places.get(("", value(holder, "idx")), by_role) if value(holder, "idx") else by_role


def _read_across(units: list[tuple[float, float, list[Shape]]]) -> list[list[Shape]]:
    """Return what stands on one line from left to right, the lines from top to bottom."""
    lines: list[list[tuple[float, float, list[Shape]]]] = []
    for unit in sorted(units, key=lambda u: u[0]):
        if lines and unit[0] - lines[-1][0][0] < _SAME_LINE:
            lines[-1].append(unit)
        else:
            lines.append([unit])
    return [unit[2] for line in lines for unit in sorted(line, key=lambda u: u[1])]

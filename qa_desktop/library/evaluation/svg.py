"""Drawing in SVG: tags, and a plot with axes from 0 to given ends."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 300
_LEFT, _TOP, _RIGHT, _BOTTOM = 46, 30, 22, 44


def tag(name: str, *content: str, **attributes: object) -> str:
    """Return an element around `content`, which is markup; attributes are escaped (`class_`: class)."""
    words = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_number(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{words}>{''.join(content)}</{name}>"


def text(words: str, x: float, y: float, anchor: str = "middle", class_: str = "tick") -> str:
    """Return a line of text, which is escaped."""
    return tag("text", html.escape(words), x=x, y=y, text_anchor=anchor, class_=class_)


def picture(title: str, *content: str) -> str:
    """Return a drawing of the usual size, with a title for those who cannot see it."""
    size = f"0 0 {WIDTH} {HEIGHT}"
    return tag("svg", tag("title", html.escape(title)), *content, viewBox=size, role="img", class_="plot")


@dataclass(frozen=True, slots=True)
class Axes:
    """A plot whose axes begin at 0; `x` and `y` turn numbers into places of the drawing."""

    x_end: float = 1.0
    y_end: float = 1.0

    def x(self, value: float) -> float:
        """Return the place of a number on the horizontal axis."""
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * value / self.x_end

    def y(self, value: float) -> float:
        """Return the place of a number on the vertical axis."""
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / self.y_end

    def frame(
        self, below: str, x_ticks: Iterable[tuple[float, str]], y_ticks: Iterable[tuple[float, str]]
    ) -> str:
        """Return the lines, the numbers and the name of the horizontal axis."""
        parts = []
        for value, words in y_ticks:
            parts.append(self.line(((0, value), (self.x_end, value)), "grid" if value else "axis"))
            parts.append(text(words, _LEFT - 7, self.y(value) + 4, "end"))
        parts += [text(words, self.x(value), HEIGHT - _BOTTOM + 17) for value, words in x_ticks]
        parts.append(text(below, (self.x(0) + self.x(self.x_end)) / 2, HEIGHT - 6, class_="name"))
        return "".join(parts)

    def line(self, points: Sequence[tuple[float, float]], class_: str) -> str:
        """Return a line through points."""
        places = " ".join(f"{_number(self.x(x))},{_number(self.y(y))}" for x, y in points)
        return tag("polyline", points=places, class_=class_)

    def bar(self, left: float, right: float, top: float, class_: str, hint: str) -> str:
        """Return a bar that stands on the axis; `hint` is shown where a pointer rests."""
        height = max(self.y(0) - self.y(top), 0.5)
        return tag(
            "rect",
            tag("title", html.escape(hint)),
            x=self.x(left),
            y=self.y(0) - height,
            width=max(self.x(right) - self.x(left), 0.5),
            height=height,
            rx=2,
            class_=class_,
        )

    def dot(self, x: float, y: float, radius: float, class_: str, hint: str) -> str:
        """Return a dot."""
        title = tag("title", html.escape(hint))
        return tag("circle", title, cx=self.x(x), cy=self.y(y), r=radius, class_=class_)


def shares() -> list[tuple[float, str]]:
    """Return the ticks of an axis of shares: 0 to 100 %."""
    return [(number / 4, f"{25 * number} %") for number in range(5)]


def tenths() -> list[tuple[float, str]]:
    """Return the ticks of an axis from 0 to 1."""
    return [(number / 5, f"{number / 5:.1f}") for number in range(6)]


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)

"""Pictures of pages made for one test each, with the place of every word that was drawn."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import font_source_sans_pro
from PIL import Image, ImageDraw, ImageFont

from qa_desktop.reading.scans.scanned import Scanned

FERRY = (
    "The ferry to the outer islands leaves the harbour",
    "at noon. On Sundays it leaves an hour later, and in",
    "winter there are no crossings after the fourth of",
    "November, unless the council of Hvar asks for one.",
)
FONT = Path(font_source_sans_pro.__file__).parent / "files" / "SourceSansPro-Regular.ttf"


@dataclass(slots=True)
class Sheet:
    """A picture on which words are drawn; `words` says where: left, top, right, bottom in pixels."""

    size: tuple[int, int] = (1100, 500)
    words: list[tuple[str, tuple[float, float, float, float]]] = field(default_factory=list)
    picture: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.picture = Image.new("L", self.size, 255)

    def lines(self, texts: Sequence[str], *, left: float = 80, top: float = 60, size: int = 32) -> Sheet:
        """Draw one line under the other."""
        font, draw = ImageFont.truetype(str(FONT), size), ImageDraw.Draw(self.picture)
        for i, text in enumerate(texts):
            x, y = left, top + 1.5 * size * i
            for word in text.split(" "):
                draw.text((x, y), word, font=font, fill=0)
                self.words.append((word, tuple(float(n) for n in draw.textbbox((x, y), word, font=font))))  # type: ignore[arg-type]
                x += font.getlength(word + " ")
        return self

    def as_file(self, kind: str = "PNG", **options: object) -> bytes:
        """Return the picture as the bytes of a file."""
        return as_file(self.picture, kind, **options)


def as_file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def words_in(scanned: Scanned) -> list[str]:
    """Return the recognised words."""
    return [scanned.text[w.start : w.end] for w in scanned.words]


class Kept(dict[str, bytes]):
    """What was recognised, kept in memory; `asked` counts how often it was known."""

    asked = 0

    def get(self, key: str, default: bytes | None = None) -> bytes | None:  # type: ignore[override]
        self.asked += key in self
        return super().get(key, default)

    def put(self, key: str, value: bytes) -> None:
        """Keep something."""
        self[key] = value

"""The fonts of the printed papers, taken from packages that carry them.

Source Serif Pro and Source Sans Pro (Adobe, SIL Open Font License 1.1) have every letter that Albanian and
Serbian names need, which the fonts built into PDF do not.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

SERIF: Final = "Serif"
ITALIC: Final = "Serif-Italic"
BOLD: Final = "Serif-Bold"
SANS: Final = "Sans"
SANS_BOLD: Final = "Sans-Bold"

_FILES: Final = {
    SERIF: ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    ITALIC: ("font_source_serif_pro", "SourceSerifPro-It.ttf"),
    BOLD: ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    SANS: ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    SANS_BOLD: ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
}


def register_fonts() -> None:
    """Make the five fonts known to reportlab; SystemExit names the packages where they are missing."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, (package, file) in _FILES.items():
        try:
            path = resources.files(package) / "files" / file
        except ModuleNotFoundError:
            raise SystemExit(
                "The fonts of the demonstration papers are missing. Install the packages "
                "font-source-serif-pro and font-source-sans-pro (dependency group “test”), then try again."
            ) from None
        pdfmetrics.registerFont(TTFont(name, str(path)))


def width_of(text: str, font: str, size: float) -> float:
    """Return the width of `text` in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))

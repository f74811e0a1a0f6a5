"""What other engines read in a PDF, for comparison only; none of them is needed otherwise.

pypdfium2 and pypdf come with the program; pdfminer.six, playa-pdf, pdf_oxide and PyMuPDF are taken from
wherever Python finds them, pdftotext from the PATH.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


def by_pdfium(path: Path) -> list[str]:
    """Return each page's text as pypdfium2 gives it."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def by_pypdf(path: Path) -> list[str]:
    """Return each page's text as pypdf gives it."""
    import pypdf

    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def by_pdfminer(path: Path) -> list[str]:
    """Return each page's text as pdfminer.six gives it."""
    pages = import_module("pdfminer.high_level").extract_pages
    layout = import_module("pdfminer.layout")
    return [
        "".join(item.get_text() for item in page if isinstance(item, layout.LTTextContainer))
        for page in pages(str(path), laparams=layout.LAParams())
    ]


def by_playa(path: Path) -> list[str]:
    """Return each page's text as playa gives it."""
    with import_module("playa").open(path) as document:
        return [page.extract_text() for page in document.pages]


def by_oxide(path: Path) -> list[str]:
    """Return each page's text as pdf_oxide gives it."""
    document = import_module("pdf_oxide").PdfDocument(str(path))
    return [document.extract_text(i) for i in range(document.page_count())]


def by_mupdf(path: Path) -> list[str]:
    """Return each page's text as PyMuPDF gives it."""
    with import_module("pymupdf").open(path) as document:
        return [page.get_text() for page in document]


def by_poppler(path: Path) -> list[str]:
    """Return each page's text as pdftotext gives it."""
    command = [shutil.which("pdftotext") or "", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace").split("\f")[:-1]


ENGINES: dict[str, tuple[str, Callable[[Path], list[str]]]] = {
    "pypdfium2": ("pypdfium2", by_pdfium),
    "pypdf": ("pypdf", by_pypdf),
    "pdfminer": ("pdfminer", by_pdfminer),
    "playa": ("playa", by_playa),
    "pdf_oxide": ("pdf_oxide", by_oxide),
    "pymupdf": ("pymupdf", by_mupdf),
    "pdftotext": ("", by_poppler),
}


def present() -> list[str]:
    """Return the names of the engines that are there."""
    return [name for name, (module, _) in ENGINES.items() if _is_there(name, module)]


def _is_there(name: str, module: str) -> bool:
    return bool(find_spec(module) if module else shutil.which(name))


def texts_by(name: str, path: Path, pages: int) -> list[str]:
    """Return the text of each of `pages` pages, or nothing if the engine does not read them all."""
    try:
        texts = ENGINES[name][1](path)
    except Exception as error:  # noqa: BLE001 - engines raise anything over a broken file; the others decide
        print(f"{name} on {path.name}: {type(error).__name__}", file=sys.stderr)
        return []
    return texts if len(texts) == pages else []

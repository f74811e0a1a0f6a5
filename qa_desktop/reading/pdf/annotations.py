"""Text of a PDF page that is not printed on it: what was filled into a form, and comments pinned to it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import clean

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MOST_ANNOTATIONS = 2_000
_MOST_CHARACTERS = 20_000
_FINE = 100_000  # pdfium tells places in whole pixels; on a page so large they are exact enough
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5  # flags of an annotation (ISO 32000-1, table 165)

_COMMENTS = (
    "TEXT LINE SQUARE CIRCLE POLYGON POLYLINE HIGHLIGHT UNDERLINE SQUIGGLY STRIKEOUT STAMP CARET INK "
    "FILEATTACHMENT REDACT"
).split()

FORM_FIELD, TEXT_BOX, COMMENT = "form field", "text box", "comment"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation: `what` it is (`FORM_FIELD`, `TEXT_BOX`, `COMMENT`), whose, its text, and its box.

    `box` is left, top, width and height in fractions of the page as it is shown.
    """

    what: str
    text: str
    author: str
    box: tuple[float, float, float, float]
    hidden: bool

    @property
    def in_words(self) -> str:
        """What it is, and whose: "comment by Ines Lund"."""
        return f"{self.what} by {self.author}" if self.author else self.what


def read_annotations(page: PdfPage, form: Any | None) -> list[Annotation]:
    """Return the filled-in fields and the comments of `page`; `form` is pdfium's form, if there is one."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)
    kinds = _kinds(pdfium) if count > 0 else {}
    found: dict[tuple[str, str], Annotation] = {}
    for i in range(count):
        handle = pdfium.FPDFPage_GetAnnot(page.raw, i)
        if not handle:
            continue
        try:
            what = kinds.get(pdfium.FPDFAnnot_GetSubtype(handle))
            if what is None or (what == FORM_FIELD and form is None):
                continue
            text = _field(handle, form, pdfium) if what == FORM_FIELD else _entry(handle, b"Contents")
            if text:
                annotation = Annotation(
                    what,
                    text,
                    _entry(handle, b"T")[:100] if what == COMMENT else "",
                    _box(page, handle, pdfium),
                    bool(pdfium.FPDFAnnot_GetFlags(handle) & (_HIDDEN | _NO_VIEW)),
                )
                found.setdefault((what, text), annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(handle)
    return list(found.values())


def _kinds(pdfium: Any) -> dict[int, str]:
    """Return what annotations are that have text of their own, by pdfium's number of their type."""
    kinds = {getattr(pdfium, f"FPDF_ANNOT_{name}"): COMMENT for name in _COMMENTS}
    return kinds | {pdfium.FPDF_ANNOT_WIDGET: FORM_FIELD, pdfium.FPDF_ANNOT_FREETEXT: TEXT_BOX}


def _field(handle: Any, form: Any, pdfium: Any) -> str:
    """Return name and value of a filled-in field, or ''."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, handle)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        if not pdfium.FPDFAnnot_IsChecked(form, handle):
            return ""
        value = _string(
            lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldExportValue(form, handle, buffer, size)
        )
        value = "checked" if value.casefold() in ("", "on", "yes", "1", "true") else value
    elif kind in (
        pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX,
    ):  # fmt: skip
        value = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, handle, buffer, size))
        value = value or "; ".join(_chosen(handle, form, pdfium))
    else:
        return ""
    if not value:
        return ""
    name = _string(
        lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, handle, buffer, size)
    ) or _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldName(form, handle, buffer, size))
    return f"{name}: {value}" if name else value


def _chosen(handle: Any, form: Any, pdfium: Any) -> Iterator[str]:
    """Yield the options of a list that are selected."""
    for i in range(min(max(0, pdfium.FPDFAnnot_GetOptionCount(form, handle)), 500)):
        if pdfium.FPDFAnnot_IsOptionSelected(form, handle, i):
            yield _string(
                lambda buffer, size, n=i: pdfium.FPDFAnnot_GetOptionLabel(form, handle, n, buffer, size)
            )


def _box(page: PdfPage, handle: Any, pdfium: Any) -> tuple[float, float, float, float]:
    """Return left, top, width, height in fractions of the page as it is shown."""
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(handle, rect):
        return 0.0, 0.0, 0.0, 0.0
    x, y = ctypes.c_int(), ctypes.c_int()
    xs, ys = [], []
    for across, up in ((rect.left, rect.bottom), (rect.right, rect.top)):
        pdfium.FPDF_PageToDevice(
            page.raw, 0, 0, _FINE, _FINE, 0, across, up, ctypes.byref(x), ctypes.byref(y)
        )
        xs.append(min(max(x.value / _FINE, 0.0), 1.0))
        ys.append(min(max(y.value / _FINE, 0.0), 1.0))
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _entry(handle: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(handle, key, buffer, size))


def _string(ask: Any) -> str:
    """Return the text that pdfium writes into a buffer as UTF-16, after telling its length in bytes."""
    import pypdfium2.raw as pdfium

    size = ask(None, 0)
    if size <= 2:
        return ""
    size = min(size, 2 * _MOST_CHARACTERS)
    buffer = ctypes.create_string_buffer(size)
    if ask(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size) > size:
        return ""
    return collapse(clean(buffer.raw[: size - 2].decode("utf-16-le", "replace")))

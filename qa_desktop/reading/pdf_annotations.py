"""Text of a PDF page that is not printed on it: what was filled into a form, and comments pinned to it."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import collapse
from qa_desktop.reading.blocks import clean

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MOST_ANNOTATIONS = 2_000
_MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation: `what` it is in words ("form field", "comment"), and its text."""

    what: str
    text: str


def read_annotations(page: PdfPage, form: Any | None) -> list[Annotation]:
    """Return the filled-in fields and the comments of `page`; `form` is pdfium's form, if there is one."""
    import pypdfium2.raw as pdfium

    comments = {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_SQUIGGLY,
    }
    found: list[Annotation] = []
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        handle = pdfium.FPDFPage_GetAnnot(page.raw, i)
        if not handle:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(handle)
            if kind in comments:
                text = _string(
                    lambda buffer, size, h=handle: pdfium.FPDFAnnot_GetStringValue(
                        h, b"Contents", buffer, size
                    )
                )
                if text:
                    found.append(Annotation("comment", text))
            elif kind == pdfium.FPDF_ANNOT_WIDGET and form is not None:
                text = _field(handle, form)
                if text:
                    found.append(Annotation("form field", text))
        finally:
            pdfium.FPDFPage_CloseAnnot(handle)
    return list(dict.fromkeys(found))


def _field(handle: Any, form: Any) -> str:
    """Return name and value of a filled-in text field or choice, or ''."""
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
    if pdfium.FPDFAnnot_GetFormFieldType(form, handle) not in kinds:
        return ""
    value = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, handle, buffer, size))
    if not value:
        return ""
    name = _string(
        lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, handle, buffer, size)
    ) or _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldName(form, handle, buffer, size))
    return f"{name}: {value}" if name else value


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

"""Open a PDF with pdfium; what pdfium cannot open, pypdf may be able to hand over decrypted and repaired."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from qa_desktop.reading.problems import Unreadable

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdfium2 import PdfDocument

_T = TypeVar("_T")

Source = Path | bytes  # a file, or what one that lies inside another holds


@contextmanager
def open_pdf(source: Source, password: str | None = None) -> Iterator[PdfDocument]:
    """Open the PDF in `source`, trying the empty password, then `password`.

    Raises `Unreadable` ("encrypted", "damaged") and `OSError`.
    """
    document = _open(source, password)
    try:
        yield document
    finally:
        document.close()


def opened(source: Source) -> IO[bytes]:
    """Return `source` open for reading; raises `OSError`."""
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _open(source: Source, password: str | None) -> PdfDocument:
    import pypdfium2
    import pypdfium2.raw

    with opened(source) as file:  # errors of the file system speak for themselves
        file.read(1)
    locked = False
    for attempt in (None, password) if password else (None,):
        try:
            document = pypdfium2.PdfDocument(source, password=attempt)
            if len(document):
                return document
            document.close()
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            locked = locked or code in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
    rewritten = _rewritten_by_pypdf(source, password, locked=locked)
    try:
        document = pypdfium2.PdfDocument(rewritten)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", str(error)) from error
    if not len(document):
        document.close()
        raise Unreadable("damaged", "the file has no pages")
    return document


def attempt(work: Callable[[], _T], default: _T) -> _T:
    """Return what `work` returns, or `default` where pypdf stumbles over a broken file."""
    try:
        return work()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - pypdf raises anything over a broken file, and the text may still be had
        return default


def open_with_pypdf(source: Source, password: str | None = None) -> PdfReader | None:
    """Return the PDF opened by pypdf, decrypted; None if it cannot."""
    from pypdf import PdfReader

    def unlocked() -> PdfReader | None:
        reader = PdfReader(io.BytesIO(source) if isinstance(source, bytes) else source, strict=False)
        if reader.is_encrypted and not (reader.decrypt("") or (password and reader.decrypt(password))):
            return None
        return reader

    return attempt(unlocked, None)


def _rewritten_by_pypdf(source: Source, password: str | None, *, locked: bool) -> bytes:
    """Return the PDF as pypdf understands it, without encryption."""
    from pypdf import PasswordType, PdfReader, PdfWriter

    try:
        reader = PdfReader(io.BytesIO(source) if isinstance(source, bytes) else source, strict=False)
        if reader.is_encrypted:
            locked = True
            opened = reader.decrypt("") or (bool(password) and reader.decrypt(password or ""))
            if opened in (False, PasswordType.NOT_DECRYPTED):
                raise _locked(password)
        writer = attempt(lambda: PdfWriter(clone_from=reader), PdfWriter())
        if not attempt(writer.get_num_pages, 0):
            for page in reader.pages:
                writer.add_page(page)
        if not writer.get_num_pages():
            raise Unreadable("damaged", "the file has no pages")
        output = io.BytesIO()
        writer.write(output)
        return output.getvalue()
    except (Unreadable, OSError, MemoryError):
        raise
    except Exception as error:  # pypdf raises anything over a broken file
        if locked:
            raise _locked(password) from error
        raise Unreadable("damaged", f"{type(error).__name__}: {error}"[:300]) from error


def _locked(password: str | None) -> Unreadable:
    return Unreadable("encrypted", "The password that was given does not open it." if password else "")


def engine() -> str:
    """Return name and version of what extracts the text; its offsets hold for that version."""
    import pypdfium2

    return f"pdfium {pypdfium2.PDFIUM_INFO.build}"

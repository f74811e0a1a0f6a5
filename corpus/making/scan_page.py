"""Make a "scan": a typed page as a picture, slightly askew, with specks, alone or in a PDF without text.

The page is typed in Courier, one of the fonts every PDF program has, drawn by pdfium at 200 dots per inch,
spoiled with numpy and stored as one bit per dot.
"""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_DOTS_PER_INCH: Final = 200
_A4: Final = (595.28, 841.89)
_TILT: Final = 0.45  # degrees
_SEED: Final = 1999


def _typed(text: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=_A4, invariant=1)
    canvas.rotate(_TILT)
    body = canvas.beginText(74, 752)
    body.setFont("Courier", 11, leading=15.2)
    for line in text.splitlines():
        body.textLine(line)
    canvas.drawText(body)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def picture_of(text: str) -> NDArray[numpy.bool_]:
    """Return the page as dots, True for ink, rows from the top."""
    import numpy as np
    import pypdfium2

    document = pypdfium2.PdfDocument(_typed(text))
    try:
        bitmap = document[0].render(scale=_DOTS_PER_INCH / 72, grayscale=True)
        grey = bitmap.to_numpy().astype(np.float32).reshape(bitmap.height, bitmap.width)
    finally:
        document.close()
    chance = np.random.default_rng(_SEED)
    grey += chance.normal(0, 22, grey.shape).astype(np.float32)
    ink = grey < 150
    for y, x in zip(
        chance.integers(2, grey.shape[0] - 2, 260), chance.integers(2, grey.shape[1] - 2, 260), strict=True
    ):
        ink[y, x : x + 2] = True
    ink[:, :3] = True  # the edge of the sheet on the glass
    result: NDArray[numpy.bool_] = ink
    return result


def write_scan(source: Path, path: Path) -> None:
    """Write the text of `source` as a scanned page to `path`."""
    import numpy as np

    ink = picture_of(source.read_text("utf-8"))
    height, width = ink.shape
    data = zlib.compress(np.packbits(~ink, axis=1).tobytes(), 9)
    page = f"q {_A4[0]} 0 0 {_A4[1]} 0 0 cm /Scan Do Q".encode()
    sheet = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_A4[0]} {_A4[1]}] /Contents 5 0 R "
        "/Resources << /XObject << /Scan 4 0 R >> >> >>"
    )
    scan = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 1 /Filter /FlateDecode /Length {len(data)} >>"
    )
    about = (
        "<< /Title (Memorandum No. 7 \\(scan\\)) /Producer (QA Desktop demonstration library) "
        "/CreationDate (D:19990902090000+00'00') >>"
    )
    objects = [
        ("<< /Type /Catalog /Pages 2 0 R >>", b""),
        ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b""),
        (sheet, b""),
        (scan, data),
        (f"<< /Length {len(page)} >>", page),
        (about, b""),
    ]
    path.write_bytes(_pdf(objects))


def write_picture(source: Path, path: Path) -> None:
    """Write the text of `source` as a PNG of its upper half page, one bit a dot."""
    import numpy as np

    ink = picture_of(source.read_text("utf-8"))
    ink = ink[: ink.shape[0] // 2]
    height, width = ink.shape
    rows = np.packbits(~ink, axis=1)
    data = zlib.compress(np.insert(rows, 0, 0, axis=1).tobytes(), 9)  # each row begins with its filter: none
    dots_per_metre = round(_DOTS_PER_INCH / 0.0254)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)),
        (b"IDAT", data),
        (b"IEND", b""),
    )
    png = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + png)


def _pdf(objects: list[tuple[str, bytes]]) -> bytes:
    """Write numbered objects, the last of them the document's information, with their table of places."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, (head, stream) in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{head}\n".encode()
        if stream:
            out += b"stream\n" + stream + b"\nendstream\n"
        out += b"endobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R"
    out += f"trailer\n<< {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)

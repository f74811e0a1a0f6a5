"""Write a page of plain text as a small PDF, in a font that every PDF program has."""

from __future__ import annotations

import io


def note_pdf(text: str, title: str, author: str) -> bytes:
    """Return the PDF; the first line of `text`, which is all in Latin-1, is set as its heading."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    heading, *lines = text.strip().splitlines()
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 760, heading)
    body = canvas.beginText(72, 726)
    body.setFont("Helvetica", 11, leading=14.5)
    for line in lines:
        body.textLine(line)
    canvas.drawText(body)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()

"""PDF: text and places from pdfium, structure from pypdf, blocks from where the lines stand."""

"""The types of documents that people tell apart, over the kinds that the readers know."""

from __future__ import annotations

FILE_TYPES: dict[str, frozenset[str]] = {
    "pdf": frozenset(["pdf"]),
    "word": frozenset(["docx", "doc", "odt", "rtf"]),
    "slides": frozenset(["slides", "pptx", "ppt", "odp"]),
    "sheet": frozenset(["sheets", "xlsx", "xls", "ods", "table", "csv", "tsv"]),
    "mail": frozenset(["mail", "msg", "eml", "email", "mbox"]),
    "web": frozenset(["html", "mhtml"]),
    "book": frozenset(["epub"]),
    "text": frozenset(["text", "markdown", "plain"]),
    "image": frozenset(["image"]),
    "data": frozenset(["json", "xml"]),
    "archive": frozenset(["zip"]),
}
"""The kinds of documents (`Document.kind`) behind each type."""

_OTHER_WORDS = {
    "pdfs": "pdf",
    "document": "word", "documents": "word",
    "slide": "slides", "presentation": "slides", "presentations": "slides", "powerpoint": "slides",
    "sheets": "sheet", "spreadsheet": "sheet", "spreadsheets": "sheet", "excel": "sheet",
    "table": "sheet", "tables": "sheet",
    "mails": "mail", "email": "mail", "emails": "mail", "e-mail": "mail", "message": "mail",
    "html": "web", "webpage": "web", "page": "web",
    "books": "book", "ebook": "book", "ebooks": "book",
    "texts": "text", "markdown": "text", "note": "text", "notes": "text",
    "images": "image", "picture": "image", "pictures": "image", "photo": "image", "scan": "image",
    "archives": "archive",
}  # fmt: skip

# A type may also be the ending of a file's name: what each then means, as endings.
_ENDINGS = {
    ending: tuple(alike.split())
    for alike in (
        "docx", "docm", "doc", "odt", "rtf", "pptx", "pptm", "ppt", "odp", "xlsx", "xlsm", "xlsb", "xls",
        "ods", "csv", "tsv", "eml", "msg", "mbox", "mhtml mht", "htm html", "xhtml", "epub", "txt",
        "md markdown", "png", "jpg jpeg", "tif tiff", "gif", "bmp", "webp", "json", "jsonl", "xml", "zip",
    )
    for ending in alike.split()
}  # fmt: skip


def type_called(word: str) -> str:
    """Return the type or the ending of a file's name that `word` stands for, empty for none."""
    plain = word.casefold().lstrip(".")
    plain = _OTHER_WORDS.get(plain, plain)
    return plain if plain in FILE_TYPES or plain in _ENDINGS else ""


def type_of(kind: str) -> str:
    """Return the type of a kind of document; the kind itself where no type has it."""
    return next((name for name, kinds in FILE_TYPES.items() if kind in kinds), kind)


def is_of_type(kind: str, name: str, wanted: str) -> bool:
    """Tell whether a document of this kind and name is of the type that `type_called` returned."""
    if wanted in FILE_TYPES:
        return kind in FILE_TYPES[wanted]
    return name.casefold().endswith(tuple(f".{e}" for e in _ENDINGS.get(wanted, (wanted,))))

"""Make the documents of the demonstration library that are not written by hand.

    python -m corpus.make_documents [--out FOLDER]

Office files, PDF, EPUB, saved web pages, archives, e-mails, pictures and texts in older encodings are made
from `corpus/sources`; Markdown, HTML, CSV, JSON and UTF-8 text are written by hand and lie in
`corpus/documents` only.  The result is committed, so that nobody needs the fonts or this program to use the
library.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from corpus.making.lines import read_hyphenation
from corpus.making.package import write_package
from corpus.making.print_paper import print_brief, print_paper
from corpus.making.scan_page import write_picture, write_scan
from corpus.making.source import read_paper
from corpus.making.write_docx import write_docx
from corpus.making.write_epub import write_epub
from corpus.making.write_mail import write_mail
from corpus.making.write_mhtml import write_mhtml
from corpus.making.write_odt import write_odt
from corpus.making.write_pptx import write_pptx
from corpus.making.write_rtf import write_rtf
from corpus.making.write_xlsx import write_xlsx

HERE: Final = Path(__file__).parent
SOURCES: Final = HERE / "sources"

DOCX: Final = ("papers/dialogue-agreements", "papers/missions-in-figures")
MAILS: Final = (
    "mail/re-sources-on-the-airfield",
    "mail/visa-free-travel",
    "mail/minutes-of-the-reading-group",
)
TEXTS: Final = {"notes/slatina-airfield": "iso-8859-2", "notes/votes-on-membership": "utf-16"}


def make_documents(out: Path) -> list[Path]:
    """Make all documents below the folder `out`, and return their paths."""
    hyphenation = read_hyphenation(SOURCES / "hyphenation.txt")
    made: list[Path] = []

    def place(name: str) -> Path:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made.append(path)
        return path

    paper = read_paper(SOURCES / "papers/russia-and-the-kosovo-question.md")
    print_paper(paper, place("papers/russia-and-the-kosovo-question.pdf"), hyphenation)
    brief = read_paper(SOURCES / "papers/energy-brief.md")
    print_brief(brief, place("papers/energy-brief.pdf"), hyphenation)
    for name in DOCX:
        write_docx(read_paper(SOURCES / f"{name}.md"), place(f"{name}.docx"))
    for name in MAILS:
        write_mail(SOURCES / f"{name}.toml", place(f"{name}.eml"))
    for name, encoding in TEXTS.items():
        text = (SOURCES / f"{name}.txt").read_text("utf-8")
        mark = b"\xff\xfe" if encoding == "utf-16" else b""
        exact = "utf-16-le" if mark else encoding
        place(f"{name}.txt").write_bytes(mark + text.replace("\n", "\r\n").encode(exact))
    write_scan(SOURCES / "scans/typed-page.txt", place("scans/typed-page.pdf"))
    write_picture(SOURCES / "scans/customs-notice.txt", place("scans/customs-notice.png"))
    write_pptx(SOURCES / "slides/specialist-chambers.toml", place("slides/specialist-chambers.pptx"))
    write_xlsx(SOURCES / "tables/office-holders.toml", place("tables/office-holders.xlsx"))
    vermerk = read_paper(SOURCES / "notes/bundeswehr-in-prizren.md")
    write_odt(vermerk, place("notes/bundeswehr-in-prizren.odt"), "de-DE")
    write_rtf(read_paper(SOURCES / "notes/pozivni-broj.md"), place("notes/pozivni-broj.rtf"))
    write_epub(SOURCES / "books/four-monuments.toml", place("books/four-monuments.epub"))
    write_mhtml(SOURCES / "press/euro-and-dinar.html", place("press/euro-and-dinar.mhtml"))
    bundle = sorted((SOURCES / "bundles/elections").iterdir())
    write_package(place("bundles/elections.zip"), {p.name: p.read_bytes() for p in bundle})
    return made


def main() -> None:
    """Read the command line and make the documents."""
    parser = argparse.ArgumentParser(description="Make the documents of the demonstration library.")
    parser.add_argument("--out", type=Path, default=HERE / "documents", help="folder to write below")
    for path in make_documents(parser.parse_args().out):
        print(path)


if __name__ == "__main__":
    main()

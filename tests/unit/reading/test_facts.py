"""Title, author, date and language: what the file says, then what its first lines say, then its name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import BlockKind, Document
from qa_desktop.reading.blocks import About, DocumentBuilder, document
from qa_desktop.reading.facts.complete import complete
from qa_desktop.reading.facts.dates import date_in_head
from qa_desktop.reading.text.plain import read_plain
from qa_desktop.reading.text.tabular import read_table_text

TODAY = date(2026, 5, 4)
BODY = (
    "\n\nThe council met in April 1999 to hear what the mission had found. It was told that most houses in "
    "the valley stood again, and that the school would open in the autumn of that year.\n"
)
FIRST_WORDS = "The council met in April 1999 to hear what the mission had found. It was told…"


def read(text: str, name: str = "notes.txt") -> Document:
    return complete(read_plain(text.encode(), name), name, TODAY)


def origin(read: Document, fact: str) -> str:
    return dict(read.origins).get(fact, "")


def made(kind: str, *lines: str, name: str = "paper", about: About | None = None) -> Document:
    builder = DocumentBuilder()
    for line in lines:
        builder.add(BlockKind.PARAGRAPH, [line])
    about = about or About(origin="document properties")
    return complete(document(kind, f"{name}.{kind}", builder, about, engine="test"), f"{name}.{kind}", TODAY)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("12 March 2021", "2021-03-12"),
        ("March 12, 2021", "2021-03-12"),
        ("Friday, 12 March 2021, 10:15 CET", "2021-03-12"),
        ("Published: 2021-03-12T09:30:00Z", "2021-03-12"),
        ("Published on the 12th of March 2021", ""),
        ("Published on 12 March 2021 at 14:05", "2021-03-12"),
        ("BELGRADE, 12 March 2021 (Example Agency) – Two ministers met.", "2021-03-12"),
        ("Lena Hartwig, Brussels, 12 March 2021", "2021-03-12"),
        ("Reading Room, session of 12 March 2021", "2021-03-12"),
        ("Stand: 12.03.2021", "2021-03-12"),
        ("12. марта 2021.", "2021-03-12"),
        ("2021年3月12日", "2021-03-12"),
        ("March 2021", "2021-03"),
        ("13/3/2021", "2021-03-13"),
        ("3/13/2021", "2021-03-13"),
        ("6/2/2023", "2023"),  # the second of June or the sixth of February
        ("Last updated: 30 April 2024.", "2024-04-30"),
        ("31 February 2021", ""),
        ("12 Apples 2021", ""),
        ("4 July 1776", ""),
        ("5 May 2099", ""),
        ("28 July 1914 – 11 November 1918", ""),
        ("The treaty was signed on 12 March 2021 and came into force later.", ""),
        ("Retrieved: 12 March 2021", ""),
    ],
)
def test_the_first_lines_date_a_document(head: str, expected: str) -> None:
    found = read(f"A note on the valley\n\n{head}{BODY}")
    assert found.date == expected
    assert origin(found, "date") == ("text" if expected else "")


def test_a_date_in_figures_is_read_as_the_other_dates_are_written() -> None:
    assert read(f"A note\n\n6/2/2023\n\nPhotographed on Jan. 8, 2023.{BODY}").date == "2023-06-02"
    assert read(f"A note\n\n6/2/2023\n\nPhotographed on 8 January 2023.{BODY}").date == "2023-02-06"


def test_the_day_of_publication_comes_before_that_of_a_change() -> None:
    text = f"A note on bread\n\nUpdated:\n14 March 2021\n\nPublished:\n12 March 2021{BODY}"
    assert read(text).date == "2021-03-12"


def test_months_are_known_in_the_documents_language() -> None:
    german = (
        "Ein Bericht über das Tal\n\n3. Oktober 2019\n\nDer Rat hörte, was die Mission gefunden hatte, und "
    )
    assert read(german + "dass die meisten Häuser im Tal wieder stehen und die Schule bald öffnet.").date == (
        "2019-10-03"
    )
    turkish = (
        "Vadi üzerine not\n\n12 Mart 2021\n\nKurul, heyetin bulduklarını dinledi ve evlerin çoğunun yeniden "
    )
    assert read(turkish + "ayakta olduğunu, okulun sonbaharda açılacağını öğrendi.").date == "2021-03-12"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("By Lena Hartwig", "Lena Hartwig"),
        ("By LENA HARTWIG and Tom de Vries", "Lena Hartwig, Tom de Vries"),
        ("By Lena Hartwig | 12 March 2021", "Lena Hartwig"),
        ("Compiled by Stjepan Kovačić for the Reading Room", "Stjepan Kovačić"),
        ("Von Jörg Öttinger", "Jörg Öttinger"),
        ("Аутор: Мирјана Ђорђевић", "Мирјана Ђорђевић"),
        ("Adam Reed\n\n12 March 2021", "Adam Reed"),
        ("By the end of the year the school was open again", ""),
        ("By Staff Writers", ""),
        ("Adam Reed stayed at home", ""),
    ],
)
def test_the_first_lines_name_the_author(head: str, expected: str) -> None:
    found = read(f"A note on the valley\n\n{head}{BODY}")
    assert found.author == expected
    assert origin(found, "author") == ("text" if expected else "")


@pytest.mark.parametrize(
    ("text", "name", "title", "where"),
    [
        ("NOTES ON A VALLEY\n\nIt is deep.\n", "scan_0012.txt", "NOTES ON A VALLEY", "first line"),
        (f"A short line about the valley{BODY}", "x.txt", "A short line about the valley", "first"),
        (BODY, "annual_report-2021.txt", "annual report 2021", "file name"),
        (BODY, "6f0e51d5ad838a31.txt", FIRST_WORDS, "first words"),
        (f"Executive Summary{BODY}", "Scan 3.txt", FIRST_WORDS, "first words"),
    ],
)  # fmt: skip
def test_a_title_is_found_in_the_text_before_the_name_is_used(
    text: str, name: str, title: str, where: str
) -> None:
    found = read(text, name)
    assert found.title == title
    assert origin(found, "title").startswith(where)


def test_what_the_file_says_of_itself_is_kept() -> None:
    about = About("A title", "Ana Ilić", "2021-03-12", "de", "document properties")
    found = made("docx", "Another title", "By Tom Reed", "14 March 2021", BODY, about=about)
    assert (found.title, found.author, found.date) == ("A title", "Ana Ilić", "2021-03-12")
    assert {origin(found, fact) for fact in ("title", "author", "date")} == {"document properties"}


def test_a_file_made_long_after_its_text_was_written_has_the_texts_date() -> None:
    about = About(date="2023-04-20", origin="document properties")
    assert made("docx", "A note on bread", "9 March 2021", BODY, about=about).date == "2021-03-09"
    assert made("docx", "A note on bread", "9 April 2023", BODY, about=about).date == "2023-04-20"
    assert made("docx", "A note on bread", "9 April 2025", BODY, about=about).date == "2023-04-20"
    assert made("html", "A note on bread", "9 March 2021", BODY, about=about).date == "2023-04-20"


def test_the_first_day_of_a_programs_calendar_is_no_date() -> None:
    about = About(date="1970-01-01", origin="document properties")
    assert made("docx", "A note on bread", BODY, about=about).date == ""
    assert made("docx", "A note on bread", "9 March 2021", BODY, about=about).date == "2021-03-09"


def test_the_head_of_a_table_is_no_title() -> None:
    rows = "State,Date,Form\n" + "".join(f"Atlantis {n},{n} May 2008,letter\n" for n in range(1, 9))
    found = complete(read_table_text(rows.encode(), "first_answers.csv"), "first_answers.csv", TODAY)
    assert (found.title, origin(found, "title"), found.date) == ("first answers", "file name", "")


@pytest.mark.parametrize(
    "account",
    [
        "Microsoft Office User",
        "admin",
        "python-docx",
        "user1",
        "EDGAR Online, Inc.",
        "Windows ユーザー",
        "win user",
    ],
)
def test_an_account_is_no_author(account: str) -> None:
    about = About(author=account, origin="document properties")
    assert made("docx", "A note on bread", BODY, about=about).author == ""
    assert made("docx", "A note on bread", "By Tom Reed", BODY, about=about).author == "Tom Reed"


def test_a_template_does_not_decide_on_the_language() -> None:
    german = (
        "Der Rat hörte, was die Mission gefunden hatte. Die meisten Häuser im Tal standen wieder, und die "
        "Schule sollte im Herbst öffnen. Über das Krankenhaus wurde noch gestritten, und eine Entscheidung "
        "darüber wurde auf das nächste Treffen verschoben."
    )
    about = About(language="en", origin="document properties")
    assert made("docx", german, about=about).language == "de"
    assert origin(made("docx", german, about=about), "language") == "text"
    assert made("docx", "Ja, gut so, danke.", about=about).language == "en"
    croatian = About(language="hr", origin="document properties")
    serbian = "Obe vlade saopštile su da će se posle izbora sastati na istom mestu i uvek u isto vreme. " * 4
    assert made("docx", serbian, about=croatian).language == "hr"


def test_a_language_that_is_not_written_in_these_letters_is_not_believed() -> None:
    chinese = About(language="zh", origin="document properties")
    assert made("docx", "This is a document about bread.", about=chinese).language in ("", "en")
    serbian = About(language="sr", origin="document properties")
    assert made("docx", "Ово је белешка о хлебу.", about=serbian).language == "sr"


def test_a_date_is_no_title_and_cells_are_no_date() -> None:
    builder = DocumentBuilder()
    builder.add(BlockKind.HEADING, ["1 July 2013"], level=1)
    builder.add(BlockKind.HEADING, ["On bread"], level=2)
    builder.add(BlockKind.PARAGRAPH, [BODY])
    found = complete(document("html", "x.html", builder, About(), engine="test"), "x.html", TODAY)
    assert (found.title, found.date) == ("On bread", "2013-07-01")
    rows = "Day,Price\n12 March 2021,3\n"
    assert complete(read_table_text(rows.encode(), "prices.csv"), "prices.csv", TODAY).date == ""


def test_a_container_without_text_is_left_as_it_is() -> None:
    empty = Document("zip", "press cuttings", (), ())
    assert complete(empty, "press-cuttings.zip", TODAY) == empty


@given(st.lists(st.text(alphabet="By 12.March/2021:\nAé年月–", max_size=60), max_size=12))
def test_any_first_lines_give_a_date_of_the_past_or_none(lines: list[str]) -> None:
    found = date_in_head(lines, [False] * len(lines), "en", TODAY)
    assert found is None or ("1900" <= found.iso <= "2026-05-05" and 0 <= found.line < len(lines))

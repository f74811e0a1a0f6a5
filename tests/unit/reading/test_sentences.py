from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.domain import Block, BlockKind, Page, Run, text_of
from qa_desktop.reading.sentences import sentences_of, split_sentences

# A bar marks where one sentence ends and the next begins.
CASES = [
    "The bridge opened in May.|It closed again in June.",
    "Mr. Hale met Dr. Ines Moor at 5 p.m.|Police came later.",
    "The U.S. Secretary of State arrived.|He left.",
    "They live in the U.S.|The climate suits them.",
    "J. R. Marlow and George W. Penn wrote it.|Nobody read it.",
    "The plan was agreed.12|Nobody signed.",
    "It is a novel by C. S. Marlow.|It follows P. Sander to sea.",
    "Im 18. und 19. Jahrhundert war es still.|Die Zahl stieg auf 18.|Niemand kam.",
    "It ended in 1999.18|The town was rebuilt.",
    "Prices rose by 3.5 percent.|Wages did not.",
    "“Is it true?” Keller asked reporters.|“It is.”",
    "He said “no.”|Then he left.",
    "(See the annex.)|It is short.",
    "See p. 133 and No. 5 of vol. 2.|Then go on.",
    "The answer was no.|Then they left.",
    "We need to ... restore order.|Nothing else helps.",
    "1. Keep calm.|2. Carry on.",
    "Acme Inc. Holdings bought Beta Ltd. in May.|The price is unknown.",
    "Read it at www.Example.Org/a.Path and write to a.b@c.de.|Thanks.",
    "Wait!|Really?|Yes.",
    "Am 3. Oktober wurde gefeiert, d. h. getanzt.|Danach war Ruhe.",
    "這是第一句。|這是第二句！|好",
    "the wing was swept .|the lift was small .",
    "It was cited in Vol.75 (2), p.227.|It was wrong.",
    "First, Kozyr v. Prim (i.e., the case).|Second, the rest.",
    "Costs:|• rent|• food",
    "Dr. med. Anna Weiß zahlte 3,5 Mio. Euro und kam, z. B. im Mai, mit Hrn. Groß.|Das war viel.",
    "Es sind 5 Mio.|Das ist viel.",
    "Der Vertrag (vgl. S. 12 ff.) wurde am 1. 1. 2008 geschlossen.|Er endet 2030.",
    "Er sagte: „Nein.“|Dann ging er in die Bahnhofstr. 12 zu Fa. Klee.",
    "Le traité (cf. p. 12, al. 2) fut signé le 3 janv. 2008 par J.-P. Roux.|Il dit : « Non. »|Il partit.",
    "Er lebte im Jahr 312 n. Chr. in Rom, s. o. und S. 12 f.|Später zog er fort.",
    "« C'est vrai ? » demanda-t-il.|« Oui. »",
    "El Sr. Pérez y la Dra. García viven en EE. UU. desde 1999 (v. pág. 12).|¿Es verdad?|¡Sí!",
    "Il Sig. Rossi e il dott. Bianchi, cfr. pag. 5, abitano qui.|È vero.",
    "В 1999 г. войска пришли в г. Приштина, ул. Ленина, д. 5.|Потом ушли.",
    "А. С. Пушкин жил в XIX в.|Он получил 3 млн. руб.|Этого мало.",
    "«Это правда?» — спросил проф. Петров.|«Да».",
    "Проф. др Марковић, стр. 12, бр. 5, рекао је 25. августа 2015. године.|Тада је 12. марта 2004.|Сви ћуте.",
    "Састанак је био 3. 4. 2013. у Бриселу.|Трајао је дуго.",
    "Prema čl. 5. Zakona i tzv. prelaznim odredbama, npr. o sudu, itd.|To je sve.",
    "Z. Krasniqi dhe znj. Hoxha u takuan më 3 maj.|Ata folën për nenin nr. 5.",
    "Spotkali się dr. hab. Nowak ok. godz. 12, tj. w południe, w r. 1999.|Było miło.",
    "قال د. أحمد إن الاتفاق جيد.|هل هذا صحيح؟|نعم.",
    "Το άρθρο 5 παρ. 2 ισχύει.|Είναι αλήθεια;|Ναι.",
    "यह पहला वाक्य है।|यह दूसरा है।",
]
# Scripts that put no blank between sentences.
UNSPACED = [
    "這是第一句。|「真的嗎？」他問。|是。",
    "他说：“不。”|然后走了。",
    "「本当ですか。」と彼は聞いた。|はい。",
    "Ａ社（本社：東京。）を訪れた。|良い一日だった。",
]


@pytest.mark.parametrize("case", CASES)
def test_splits_where_a_reader_would(case: str) -> None:
    text = case.replace("|", " ")
    assert [text[a:b] for a, b in split_sentences(text)] == case.split("|")


@pytest.mark.parametrize("case", UNSPACED)
def test_wide_stops_need_no_blank_and_a_quotation_may_go_on(case: str) -> None:
    text = case.replace("|", "")
    assert [text[a:b] for a, b in split_sentences(text)] == case.split("|")


def test_a_blank_that_was_lost_between_sentences_is_no_obstacle() -> None:
    text = "They met their goals.Former members agreed."
    assert [text[a:b] for a, b in split_sentences(text)] == [
        "They met their goals.",
        "Former members agreed.",
    ]


@given(st.text(alphabet=st.sampled_from("aB1.!?…”“„«»\"') (\n\t[]U.S。」•éγ;г"), max_size=200))
@settings(deadline=None)
def test_no_character_is_lost_and_none_is_in_two_sentences(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.lists(st.text(alphabet="Ab .!\n1", min_size=1, max_size=30), min_size=1, max_size=6), st.data())
@settings(deadline=None)
def test_sentences_are_their_runs_across_pages_and_gaps(texts: list[str], data: st.DataObject) -> None:
    pages = [Page(i, text + "\n") for i, text in enumerate(texts, 1)]
    runs = []
    for page in pages:
        start = data.draw(st.integers(0, len(page.text)))
        runs.append(Run(page.number, start, data.draw(st.integers(start, len(page.text)))))
    block = Block(data.draw(st.sampled_from(list(BlockKind))), tuple(runs))
    sentences = sentences_of(block, pages, 3)
    assert all(text_of(s.runs, pages) == s.text and s.block == 3 for s in sentences)
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text_of(runs, pages).split())


def test_a_table_has_a_sentence_for_each_row_and_a_heading_is_one() -> None:
    pages = [Page(1, "Year\tMen. All\n1999\t3600\n\nNot one. But all.\n")]
    rows = sentences_of(Block(BlockKind.TABLE, (Run(1, 0, 24),)), pages)
    assert [s.text for s in rows] == ["Year Men. All", "1999 3600"]
    heading = sentences_of(Block(BlockKind.HEADING, (Run(1, 25, 45),)), pages)
    assert [s.text for s in heading] == ["Not one. But all."]


@pytest.mark.parametrize("piece", [".", "a.", "\"' ", "A.B.", "(", " ", "http://a.b ", "x “Aa. "])
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    began = time.process_time()
    split_sentences(text)
    assert time.process_time() - began < 3

"""Questions that ask for a list, and lists in documents: all items in their order, each a claim of its own.

A list stands under a sentence that ends with a colon, under a heading, or in a table; and a model that reads
one sentence at a time sees that a sentence announces a list, but not that the list answers.  So it reads the
sentence and its items together, and the items are then quoted one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_desktop.answering.evidence import Evidence, forms_of, holds, lead_of, share
from qa_desktop.answering.select import FLOOR, NARROW
from qa_desktop.answering.texts import Texts
from qa_desktop.domain import Block, BlockKind, Hit, Page, Sentence, text_of
from qa_desktop.indexing import words
from qa_desktop.reading.sentences import sentences_of

MOST_ITEMS = 40
"""Items of a list that are claims; a longer one is a directory, of which the question wants some."""

_LOOKED_AT = 3
_LONGEST = 400
"""Characters of an item that is quoted as a whole; of a longer one, the first sentence."""

_READ_TOGETHER = 600
"""Characters of a list that a model reads with the sentence before it."""

_COUNTED = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+"
_PLURAL = r"(?!(?:is|was|has|does|this|its|his|as|us|thus|always|perhaps|status|news|series|means|process|crisis|basis|focus|business|census|loss|access|success|address|class|press|congress)\b)[a-z-]{2,}(?:s|people|children|men|women|criteria|media|data)"  # noqa: E501 - one alternation
_LIST = re.compile(
    rf"^(?:(?:please\s+)?(?:name|list|enumerate|give)\b(?!\s+of\b)(?!\s+the\s+(?:year|date|name|number)\b)"
    rf"|(?:(?:in|on|at|from|to|of|for|under|by|with)\s+)?(?:which|what)\s+(?:of\s+the\s+)?(?:[\w-]+\s+){{0,3}}?{_PLURAL}\b"
    rf"|(?:what|which|who)\s+(?:are|were|have\s+been)\s+(?:all\s+)?(?:the|its|his|her|their|[A-Z][\w’']+[’']s?)\s+"
    rf"(?:[\w-]+\s+){{0,4}}?{_PLURAL}\b"
    rf"|which\s+(?:{_COUNTED})\b|who\s+(?:are|were)\b"
    r"|welche\s.*\b(?:sind|waren|haben|hatten|wurden|werden)\b|nenne\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in a document: what is read of it as one, and its items as evidence, in their order."""

    read: Evidence
    items: tuple[Evidence, ...]


def wants_list(question: str) -> bool:
    """Tell whether `question` asks for several things of one kind."""
    return bool(_LIST.match(question.strip()))


def listing_of(
    question: str, evidence: Sequence[Evidence], hits: Sequence[Hit], texts: Texts
) -> Listing | None:
    """Return the list that the best of `evidence` (best first) announces or belongs to, if it is asked for.

    Else that of one of the best `hits` which stands under what is asked for: items of a word or two are no
    evidence by themselves.
    """
    asked = words.content_words(question)
    for item in evidence[:_LOOKED_AT]:
        if item.score < max(FLOOR, evidence[0].score - NARROW) and item is not evidence[0]:
            break
        found = _listing(asked, item, evidence, texts)
        if found is not None:
            return found
    for hit in hits[:_LOOKED_AT]:
        first = hit.passage.sentences[0]
        if any(e.hit.passage.id == hit.passage.id for e in evidence[:_LOOKED_AT]):
            continue
        text = first.text
        item = Evidence(hit, first, "", "", FLOOR, forms_of(text), (), lead_of(hit, 0))
        found = _listing(asked, item, (), texts)
        if found is not None and found.read is not item:
            return found
    return None


def _listing(
    asked: Sequence[str], item: Evidence, evidence: Sequence[Evidence], texts: Texts
) -> Listing | None:
    document = item.hit.document.id
    blocks, pages = texts.blocks(document), texts.pages(document)
    here = item.sentence.block
    if here >= len(blocks) or not pages:
        return None
    if blocks[here].kind is BlockKind.TABLE:
        return _rows(asked, item, blocks[here], pages)
    if item.sentence.text.endswith(":") and text_of(blocks[here].runs, pages).endswith(item.sentence.text):
        run = _run(blocks, here + 1)
        return _under(item, [item.sentence], run, blocks, pages) if run else None
    if blocks[here].kind is not BlockKind.LIST:
        return None
    run = _run(blocks, here)
    before = run[0] - 1
    above = sentences_of(blocks[before], pages, before) if before >= 0 else ()
    announced = [s for s in above[-1:] if s.text.endswith(":")]
    told = forms_of(" ".join(s.text for s in above[-1:])) | forms_of(item.lead)
    among = {e.sentence.block for e in evidence if e.hit.document.id == document and e.score >= FLOOR}
    if share(asked, told) < _ABOUT and 2 * len(among & set(run)) <= len(run):
        return None  # it answers, but the items beside it are about something else
    if not announced and share(asked, told) < _ABOUT_ALL and 2 * len(among & set(run)) <= len(run):
        return None
    return _under(item, announced, run, blocks, pages)


_ABOUT, _ABOUT_ALL = 0.5, 0.75
"""Share of the question's words that must stand above a list for all of it to answer: with a sentence that
announces it, and under a mere heading."""


def _run(blocks: Sequence[Block], at: int) -> list[int]:
    """Return the numbers of the list's blocks around number `at`; empty where that is none."""
    if at >= len(blocks) or blocks[at].kind is not BlockKind.LIST:
        return []
    first = last = at
    while first > 0 and blocks[first - 1].kind is BlockKind.LIST:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.LIST:
        last += 1
    return list(range(first, last + 1))


def _under(
    item: Evidence,
    announced: Sequence[Sentence],
    run: Sequence[int],
    blocks: Sequence[Block],
    pages: Sequence[Page],
) -> Listing | None:
    """Return the listing of the blocks `run` under the sentence that announces them."""
    if not 1 < len(run) <= MOST_ITEMS:
        return None
    items = [*announced, *(_item(number, blocks[number], pages) for number in run)]
    together = " ".join(s.text for s in items)[:_READ_TOGETHER]
    first = announced[0] if announced else item.sentence
    read = replace(item, sentence=replace(first, text=together), forms=forms_of(together), logit=None)
    return Listing(read, tuple(_evidence(item, s) for s in items))


def _item(number: int, block: Block, pages: Sequence[Page]) -> Sentence:
    """Return an item of a list as one quotation; of a long one, its first sentence."""
    text = text_of(block.runs, pages)
    return (
        Sentence(text, block.runs, number) if len(text) <= _LONGEST else sentences_of(block, pages, number)[0]
    )


def _evidence(item: Evidence, sentence: Sentence) -> Evidence:
    if sentence.runs == item.sentence.runs:
        return item
    forms = forms_of(sentence.text)
    return replace(item, sentence=sentence, before="", after="", forms=forms, marks=(), logit=None)


def _rows(asked: Sequence[str], item: Evidence, table: Block, pages: Sequence[Page]) -> Listing | None:
    """Return the rows that hold all words of the question that the row of `item` holds, and no less."""
    rows = sentences_of(table, pages, item.sentence.block)[1:]
    held = [word for word in asked if holds(item.forms, word)]
    fitting = [row for row in rows if held and all(holds(forms_of(row.text), word) for word in held)]
    if not 1 < len(fitting) <= MOST_ITEMS or len(fitting) == len(rows):
        return None
    return Listing(item, tuple(_evidence(item, row) for row in fitting))

"""Answers that rest on phrases in quotation marks: where they stand, or that they stand nowhere.

A question that is nothing but phrases asks where these words stand.  That is not weighed but looked up: the
answer is the sentences that hold them.

In any other question a phrase is often a name, and what is asked about it stands in another document ("Who
sang the song …, and where was she born?").  So claims rest on passages that hold the phrase, and these come
first among the hits; the passages after them that do not hold it are told from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from qa_desktop.answering.cite import cite, place_in_words
from qa_desktop.domain import (
    Answer,
    Block,
    BlockKind,
    Citation,
    Claim,
    Hit,
    Page,
    Run,
    Sentence,
    Verdict,
    collapse,
    text_of,
)
from qa_desktop.searching.phrases import spans

_MOST = 8  # sentences that are quoted; what else was found is among the hits

Marks = tuple[tuple[int, int], ...]


class Texts(Protocol):
    """What quoting needs of a library's database."""

    def places(self, places: Sequence[tuple[int, int, int]]) -> list[tuple[str, str]]:
        """Return, for each document, page and block, the page's label and the block's place in words."""

    def pages(self, document_id: int) -> tuple[Page, ...]:
        """Return a document's pages."""

    def blocks(self, document_id: int) -> tuple[Block, ...]:
        """Return a document's blocks."""


def declined(reply: Answer, missing: tuple[str, ...]) -> Answer:
    """Return `reply` as one that was not found, because no passage holds these phrases."""
    return replace(
        reply,
        verdict=Verdict.NOT_FOUND,
        confidence=0.0,
        claims=(),
        citations=(),
        short_answer="",
        differs=(),
        parts=(),
        trace=replace(reply.trace, facts=(), strange=""),
        missing=missing,
    )


def with_near_misses(reply: Answer, hits: Sequence[Hit], texts: Texts) -> Answer:
    """Return `reply` with those of `hits` behind its own that do not hold its phrases, up to its limit."""
    known = {h.passage.id for h in reply.hits}
    near = [h for h in hits if h.passage.id not in known][: reply.question.limit - len(reply.hits)]
    first = [(h.document.id, h.passage.page, h.passage.sentences[0].block) for h in near]
    last = reply.hits[-1].score if reply.hits else 0.0
    placed = (
        replace(hit, score=last - number, locator=place_in_words(hit.document, page, label, of_block))
        for number, (hit, (_, page, _), (label, of_block)) in enumerate(
            zip(near, first, texts.places(first), strict=True), start=1
        )
    )
    return replace(reply, hits=(*reply.hits, *placed))


def occurrences(reply: Answer, texts: Texts) -> Answer:
    """Return `reply` with the sentences of its hits that hold a phrase of its question in place of claims.

    Sentences that say the same are one claim.  Confidence is 1 where there is one, because it was looked up.
    """
    citations: list[Citation] = []
    claims: dict[str, Claim] = {}
    seen: set[tuple[int, tuple[Run, ...]]] = set()
    for hit in reply.hits:
        pages, blocks = texts.pages(hit.document.id), texts.blocks(hit.document.id)
        for sentence, marks in _sentences(hit, reply.question.phrases, pages, blocks):
            place = (hit.document.id, sentence.runs)
            key = collapse(sentence.text).casefold()
            if place in seen or (key not in claims and len(claims) == _MOST):
                continue
            seen.add(place)
            made = cite(len(citations) + 1, sentence, hit.passage, hit.document, pages, blocks)
            if made is None:
                continue
            citations.append(replace(made, marks=marks))
            earlier = claims.get(key)
            numbers = (*earlier.citations, made.number) if earlier else (made.number,)
            claims[key] = Claim(earlier.text if earlier else made.quote, numbers, marks)
    return replace(
        reply,
        verdict=Verdict.ANSWERED if claims else Verdict.NOT_FOUND,
        confidence=1.0 if claims else 0.0,
        claims=tuple(claims.values()),
        citations=tuple(citations),
        short_answer="",
        differs=(),
        parts=(),
        trace=replace(reply.trace, facts=(), strange=""),
    )


def _sentences(
    hit: Hit, phrases: Sequence[str], pages: Sequence[Page], blocks: Sequence[Block]
) -> Iterator[tuple[Sentence, Marks]]:
    """Yield the sentences of a hit that hold a phrase or a part of it, each with where; or its headings."""
    passage = hit.passage
    places = [place for phrase in phrases for place in spans(phrase, passage.text)]
    begin = 0
    for sentence in passage.sentences:
        end = begin + len(sentence.text)
        marks = {(max(a, begin) - begin, min(b, end) - begin) for a, b in places if a < end and b > begin}
        if marks:
            yield sentence, tuple(sorted(marks))
        begin = end + 1  # the blank or line break between sentences
    if not places:
        yield from _headings(passage.headings, phrases, pages, blocks)


def _headings(
    headings: Sequence[str], phrases: Sequence[str], pages: Sequence[Page], blocks: Sequence[Block]
) -> Iterator[tuple[Sentence, Marks]]:
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and (text := text_of(block.runs, pages)) in headings:
            marks = {place for phrase in phrases for place in spans(phrase, text)}
            if marks:
                yield Sentence(text, block.runs, number), tuple(sorted(marks))

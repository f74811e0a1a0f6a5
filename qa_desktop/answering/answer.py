"""Hits to an answer: claims in the sources' own words, each citation proven, or an honest "not found"."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from qa_desktop.answering import decide
from qa_desktop.answering.cite import cite, place_in_words
from qa_desktop.answering.differ import ABOUT, Look, answers_too, other_sides
from qa_desktop.answering.evidence import Evidence, read
from qa_desktop.answering.kinds import Kind, kind_of
from qa_desktop.answering.notes import asks_for_source, notes_of
from qa_desktop.answering.probe import probe
from qa_desktop.answering.select import Group, select
from qa_desktop.domain import (
    Answer,
    Block,
    Citation,
    Claim,
    Coverage,
    Difference,
    Hit,
    Page,
    Passage,
    Question,
    Run,
    Sentence,
    Trace,
    Verdict,
)
from qa_desktop.models.encoder import CrossEncoder
from qa_desktop.searching.search import Found

SECONDS = 0.25
"""Time for reading single sentences, in seconds."""


class Texts(Protocol):
    """What composing an answer needs of a library's database."""

    def coverage(self, documents: frozenset[int] | None) -> Coverage:
        """Return how much of the library a search in `documents` (None: in all) covers."""

    def places(self, places: Sequence[tuple[int, int, int]]) -> list[tuple[str, str]]:
        """Return, for each document, page and block, the page's label and the block's place in words."""

    def pages(self, document_id: int) -> tuple[Page, ...]:
        """Return a document's pages."""

    def blocks(self, document_id: int) -> tuple[Block, ...]:
        """Return a document's blocks."""


def answer(
    question: Question,
    found: Found,
    texts: Texts,
    cross_encoder: CrossEncoder | None,
    documents: frozenset[int] | None = None,
    model: decide.Model | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Compose the answer to `question` from what was `found` in `documents` (None: in all).

    `model` decides whether the evidence answers (None: the one the program ships with).  Reading single
    sentences stops after `seconds`.
    """
    started = time.perf_counter()
    case = weigh(question.text, found, cross_encoder, seconds)
    kind = case.kind
    verdict, confidence = decide.judge(case, model)
    writer = _Writer(texts, kind)
    written: tuple[tuple[Claim, Group], ...] = ()
    sides: list[Evidence] = []
    if verdict is not Verdict.NOT_FOUND:
        look = _looker(question.text, kind, found, cross_encoder, seconds, model)
        sides = other_sides(kind, case.evidence, case.doubt, look)
        groups = select(question.text, kind, case.evidence, sides, lambda item: answers_too(*look(item)))
        written = tuple(writer.claims(question.text, groups, case.doubt.answering))
    claims = tuple(claim for claim, _ in written)
    differs = _differences(kind, written, sides)
    timings = dict(found.timings_ms)
    timings["answer"] = (time.perf_counter() - started) * 1000
    timings["total"] = sum(timings.values())
    return Answer(
        question=question,
        verdict=verdict if claims else Verdict.NOT_FOUND,
        confidence=confidence,
        claims=claims,
        citations=tuple(writer.citations),
        hits=_placed(found.hits[: question.limit], texts),
        coverage=texts.coverage(documents),
        short_answer="" if differs else _short_answer(kind, claims),
        differs=differs,
        trace=Trace(
            terms=found.terms,
            dense=found.dense,
            words=found.words,
            candidates=found.candidates,
            reranked=found.reranked,
            timings_ms=tuple(timings.items()),
            facts=tuple(case.facts.items()),
            strange=case.doubt.strange,
            read_as=found.read_as,
        ),
    )


def weigh(
    question: str, found: Found, cross_encoder: CrossEncoder | None, seconds: float = SECONDS
) -> decide.Case:
    """Read and probe the sentences of what was `found`; the result is all that a verdict rests on."""
    kind = kind_of(question)
    evidence = tuple(read(question, kind, found.hits, cross_encoder, seconds))
    if not evidence:
        return decide.Case(kind)
    return _weigh_first(question, kind, evidence, found, cross_encoder, seconds)


def _weigh_first(
    question: str,
    kind: Kind,
    evidence: tuple[Evidence, ...],
    found: Found,
    cross_encoder: CrossEncoder | None,
    seconds: float,
) -> decide.Case:
    """Weigh what rests on the first sentence of `evidence`, which alone is probed."""
    doubt = probe(question, evidence[0], found.hits, cross_encoder, seconds)
    case = decide.Case(kind, evidence, doubt, decide.facts_of(kind, evidence, found, doubt))
    if cross_encoder is None:
        return case
    state = cross_encoder.state(question, evidence[0].reading)
    return replace(case, state=state, reader=cross_encoder.spec.name)


def _looker(
    question: str,
    kind: Kind,
    found: Found,
    cross_encoder: CrossEncoder | None,
    seconds: float,
    model: decide.Model | None,
) -> Callable[[Evidence], Look]:
    """Return a function that probes and judges one sentence by itself, each at most once."""
    seen: dict[tuple[int, tuple[Run, ...]], Look] = {}

    def look(item: Evidence) -> Look:
        place = (item.hit.document.id, item.sentence.runs)
        if place not in seen:
            case = _weigh_first(question, kind, (item,), found, cross_encoder, seconds)
            seen[place] = (case.doubt, decide.judge(case, model)[1])
        return seen[place]

    return look


def _placed(hits: Sequence[Hit], texts: Texts) -> tuple[Hit, ...]:
    """Say of each hit in words where it begins."""
    first = [(h.document.id, h.passage.page, h.passage.sentences[0].block) for h in hits]
    places = texts.places(first)
    return tuple(
        replace(hit, locator=place_in_words(hit.document, page, label, of_block))
        for hit, (_, page, _), (label, of_block) in zip(hits, first, places, strict=True)
    )


def _differences(
    kind: Kind, written: Sequence[tuple[Claim, Group]], sides: Sequence[Evidence]
) -> tuple[Difference, ...]:
    """Put the first claim and those that contradict it side by side."""
    apart = [claim for claim, group in written if any(side in group.members for side in sides)]
    if not apart:
        return ()
    return (Difference(ABOUT[kind], tuple((c.text, c.citations[0]) for c in (written[0][0], *apart))),)


def _short_answer(kind: Kind, claims: Sequence[Claim]) -> str:
    """Return the words that answer where the first claim holds exactly one thing of the kind asked for."""
    if kind is Kind.OPEN or not claims or len(claims[0].marks) != 1:
        return ""
    return claims[0].text[slice(*claims[0].marks[0])]


@dataclass(slots=True)
class _Writer:
    """Numbers citations in the order in which claims are read, and proves each."""

    texts: Texts
    kind: Kind
    citations: list[Citation] = field(default_factory=list)
    _pages: dict[int, tuple[Page, ...]] = field(default_factory=dict)
    _blocks: dict[int, tuple[Block, ...]] = field(default_factory=dict)

    def claims(
        self, question: str, groups: Iterable[Group], answering: int | None
    ) -> Iterator[tuple[Claim, Group]]:
        """Yield a claim for every group that has at least one proven citation, and the notes asked for.

        `answering` is the index of the mark that answers in the first group's best sentence, if one does.
        """
        wants_notes = asks_for_source(question)
        for place, group in enumerate(groups):
            told = answering if place == 0 else None
            numbers = [
                n
                for i, member in enumerate(group.members)
                if (n := self._cite(member, told=told if i == 0 else None)) is not None
            ]
            if not numbers:
                continue
            first = self.citations[numbers[0] - 1]
            yield Claim(first.quote, tuple(numbers), first.marks), group
            if wants_notes:
                yield from ((note, group) for note in self._notes(group.best))

    def _notes(self, item: Evidence) -> Iterator[Claim]:
        document = item.hit.document.id
        for note in notes_of(item.sentence, self._blocks_of(document), self._pages_of(document)):
            number = self._cite(item, note)
            if number is not None:
                yield Claim(note.text, (number,))

    def _cite(self, item: Evidence, sentence: Sentence | None = None, told: int | None = None) -> int | None:
        """Return the number of the citation of `sentence` (default: the item's own), None if unproven."""
        document = item.hit.document
        passage: Passage = item.hit.passage
        made = cite(
            len(self.citations) + 1,
            sentence or item.sentence,
            passage,
            document,
            self._pages_of(document.id),
            self._blocks_of(document.id),
        )
        if made is None:
            return None
        marks = (item.marks[told],) if told is not None else item.marks
        if sentence is not None or len(marks) != 1 or (told is None and self.kind is Kind.NAME):
            marks = ()
        self.citations.append(replace(made, marks=marks))
        return made.number

    def _pages_of(self, document: int) -> tuple[Page, ...]:
        if document not in self._pages:
            self._pages[document] = self.texts.pages(document)
        return self._pages[document]

    def _blocks_of(self, document: int) -> tuple[Block, ...]:
        if document not in self._blocks:
            self._blocks[document] = self.texts.blocks(document)
        return self._blocks[document]

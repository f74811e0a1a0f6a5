"""Claims with proven citations out of what was weighed, numbered in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa_desktop.answering.cite import cite, place_in_words
from qa_desktop.answering.evidence import Evidence
from qa_desktop.answering.kinds import Kind
from qa_desktop.answering.notes import asks_for_source, notes_of
from qa_desktop.answering.select import Group
from qa_desktop.answering.texts import Texts
from qa_desktop.answering.weighing import Place, Weighed
from qa_desktop.domain import Block, Citation, Claim, Difference, Hit, Page, Sentence

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for one question or part: indexes of its claims, counted from 0, and what differs."""

    claims: tuple[int, ...] = ()
    differs: tuple[Difference, ...] = ()
    short_answer: str = ""


@dataclass(slots=True)
class Writer:
    """Numbers citations in the order in which claims are read, and proves each.

    A sentence is cited once and is one claim, however many parts of a question it answers.
    """

    texts: Texts
    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[Place, int] = field(default_factory=dict)
    _pages: dict[int, tuple[Page, ...]] = field(default_factory=dict)
    _blocks: dict[int, tuple[Block, ...]] = field(default_factory=dict)

    def write(self, weighed: Weighed) -> Written:
        """Write the claims of one question or part, those that cannot be proven left out."""
        written = tuple(self._claims(weighed))
        claims = [(self.claims[place], group) for place, group in written]
        differs = _differences(weighed, claims)
        short = "" if differs or not claims else _short_answer(weighed, *claims[0])
        return Written(tuple(dict.fromkeys(place for place, _ in written)), differs, short)

    def _claims(self, weighed: Weighed) -> Iterator[tuple[int, Group]]:
        """Yield the index of a claim for every group with a proven citation, and for the notes asked for."""
        wants_notes = asks_for_source(weighed.text)
        for place, group in enumerate(weighed.groups):
            told = weighed.case.doubt.answering if place == 0 else None
            numbers = [
                n
                for i, member in enumerate(group.members)
                if (n := self._cite(member, weighed.kind, told=told if i == 0 else None)) is not None
            ]
            if not numbers:
                continue
            first = self.citations[numbers[0] - 1]
            yield self._add(Claim(first.quote, tuple(numbers), first.marks)), group
            if wants_notes:
                yield from ((note, group) for note in self._notes(group.best, weighed.kind))

    def _add(self, claim: Claim) -> int:
        """Return the index of `claim`; where its sentence was claimed before, that one has all citations."""
        for place, known in enumerate(self.claims):
            if known.citations[0] == claim.citations[0]:
                numbers = tuple(dict.fromkeys((*known.citations, *claim.citations)))
                self.claims[place] = replace(known, citations=numbers, marks=claim.marks)
                return place
        self.claims.append(claim)
        return len(self.claims) - 1

    def _notes(self, item: Evidence, kind: Kind) -> Iterator[int]:
        document = item.hit.document.id
        for note in notes_of(item.sentence, self._blocks_of(document), self._pages_of(document)):
            number = self._cite(item, kind, note)
            if number is not None:
                yield self._add(Claim(note.text, (number,)))

    def _cite(
        self, item: Evidence, kind: Kind, sentence: Sentence | None = None, told: int | None = None
    ) -> int | None:
        """Return the number of the citation of `sentence` (default: the item's own), None if unproven."""
        document = item.hit.document
        quoted = sentence or item.sentence
        place = document.id, quoted.runs
        marks = () if sentence is not None else _marks(item, kind, told)
        known = self._numbers.get(place)
        if known is not None:
            earlier = self.citations[known - 1]
            self.citations[known - 1] = replace(earlier, marks=_both(earlier.marks, marks))
            return known
        made = cite(
            len(self.citations) + 1,
            quoted,
            item.hit.passage,
            document,
            self._pages_of(document.id),
            self._blocks_of(document.id),
        )
        if made is None:
            return None
        self.citations.append(replace(made, marks=marks))
        self._numbers[place] = made.number
        return made.number

    def _pages_of(self, document: int) -> tuple[Page, ...]:
        if document not in self._pages:
            self._pages[document] = self.texts.pages(document)
        return self._pages[document]

    def _blocks_of(self, document: int) -> tuple[Block, ...]:
        if document not in self._blocks:
            self._blocks[document] = self.texts.blocks(document)
        return self._blocks[document]


def placed(hits: Sequence[Hit], texts: Texts) -> tuple[Hit, ...]:
    """Say of each hit in words where it begins."""
    first = [(h.document.id, h.passage.page, h.passage.sentences[0].block) for h in hits]
    places = texts.places(first)
    return tuple(
        replace(hit, locator=place_in_words(hit.document, page, label, of_block))
        for hit, (_, page, _), (label, of_block) in zip(hits, first, places, strict=True)
    )


def _differences(weighed: Weighed, written: Sequence[tuple[Claim, Group]]) -> tuple[Difference, ...]:
    """Put the first claim and those that contradict it side by side."""
    apart = [claim for claim, group in written if any(side in group.members for side in weighed.sides)]
    if not apart:
        return ()
    sides = tuple((c.text, c.citations[0]) for c in (written[0][0], *apart))
    return (Difference(weighed.about, sides),)


def _short_answer(weighed: Weighed, claim: Claim, group: Group) -> str:
    """Return the words that answer where a claim holds exactly one thing of the kind asked for."""
    item = group.best
    if weighed.kind is Kind.OPEN or item.sentence.text != claim.text:
        return ""
    told = weighed.case.doubt.answering if group is weighed.groups[0] else None
    marks = _marks(item, weighed.kind, told)
    return claim.text[slice(*marks[0])] if marks else ""


def _marks(item: Evidence, kind: Kind, told: int | None) -> Marks:
    """Return the mark of the words that answer, where there is one; `told` is its index, if it was probed."""
    if told is not None:
        return (item.marks[told],)
    return item.marks if len(item.marks) == 1 and kind is not Kind.NAME else ()


def _both(some: Marks, more: Marks) -> Marks:
    """Return marks of two questions in one sentence, those left out that overlap an earlier one."""
    fresh = [m for m in more if all(m[1] <= a or b <= m[0] for a, b in some)]
    return tuple(sorted((*some, *fresh)))

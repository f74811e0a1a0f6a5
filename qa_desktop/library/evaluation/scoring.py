"""One answer beside what is known of its question: which evidence was found, cited, and how the answer reads.

A passage or a quotation **carries** a piece of evidence when it comes from the evidence's document and its
text overlaps with it (`overlap.py`), or holds an accepted answer word for word which the evidence holds too:
a long paper says in its summary again what it found.  `evidence_recall` counts the first only,
`passage_recall` and what concerns citations count both.  A document stands for all with the same text, as it
does everywhere in the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qa_desktop.domain import Answer, Citation, DocumentEntry, Hit, Run, Verdict
from qa_desktop.library.evaluation import wording
from qa_desktop.library.evaluation.overlap import Words, holds, overlap, words_of
from qa_desktop.library.evaluation.questions import Evidence, KnownQuestion, Sort
from qa_desktop.library.evaluation.ranking import NEVER, ndcg, recall_at, reciprocal_rank

CUTS = (1, 5, 10)
"""The k of recall at k."""

_DIGITS = 6  # what is kept in a file and read again must be the same number
_UNQUOTABLE = {("yes",), ("no",)}  # they stand in any text
Key = int | str


class Outcome(StrEnum):
    """What became of a question, in one word."""

    RIGHT = "answered rightly"
    DECLINED_RIGHTLY = "declined rightly"
    INVENTED = "answered, though the documents do not"
    DECLINED_WRONGLY = "declined, though the documents answer"
    EVIDENCE_MISSED = "answered otherwise: the evidence was not found"
    OTHER_CITED = "answered otherwise: the evidence was found"
    RANKED = "ranked"


GOOD = (Outcome.RIGHT, Outcome.DECLINED_RIGHTLY, Outcome.RANKED)


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """A piece of evidence, the rank of the first passage that carries it (from 1), and whether it is cited.

    `rank` is None where it is not among the first ten, or cannot be told because there is no text.
    """

    doc: str
    page: int | None
    text: str
    rank: int | None
    cited: bool


@dataclass(frozen=True, slots=True)
class CitationJudged:
    """A citation: whether it carries evidence, and whether the stored text, cut again, says its quote."""

    doc: str
    locator: str
    quote: str
    right: bool
    proven: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One question with everything that was measured; `values` are the numbers that figures are made of."""

    id: str
    question: str
    kind: str
    sort: Sort
    outcome: Outcome
    verdict: Verdict
    confidence: float
    answers: tuple[str, ...]
    answer: str
    short_answer: str
    evidence: tuple[EvidenceFound, ...]
    citations: tuple[CitationJudged, ...]
    differs: int
    values: dict[str, float] = field(default_factory=dict)


class Names:
    """The documents of a library by the names that questions give them."""

    def __init__(self, entries: Iterable[DocumentEntry]) -> None:
        self._entries = tuple(entries)
        self._by_name = {entry.name: entry for entry in self._entries}

    def find(self, name: str) -> DocumentEntry | None:
        """Return the document of that name, or the only one whose name ends with it, or None."""
        name = name.replace("\\", "/").removeprefix("./")
        if name in self._by_name:
            return self._by_name[name]
        ending = [entry for entry in self._entries if entry.name.endswith("/" + name)]
        return ending[0] if len({entry.text_id for entry in ending}) == 1 else None


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of evidence made ready: its document's key, its words, and the answers it may be known by."""

    known: Evidence
    key: Key
    paged: bool
    words: Words
    answers: tuple[Words, ...]

    @property
    def telling(self) -> bool:
        """True if a text can be judged by it."""
        return bool(self.words.words or self.answers)

    def within(self, key: Key, words: Words) -> bool:
        """Tell whether a text of the document `key` overlaps with the evidence."""
        return key == self.key and overlap(words, self.words)

    def carried(self, key: Key, words: Words) -> bool:
        """Tell whether a text carries the evidence."""
        return self.within(key, words) or (key == self.key and any(holds(words, a) for a in self.answers))

    def meant(self, key: Key, words: Words, runs: Sequence[Run]) -> bool:
        """Tell whether a quotation carries the evidence; where that has no text, its page must do."""
        if self.telling:
            return self.carried(key, words)
        page = self.known.page
        return key == self.key and (not (page and self.paged) or any(run.page == page for run in runs))


def score(known: KnownQuestion, answer: Answer, names: Names, is_proven: Callable[[Citation], bool]) -> Row:
    """Measure one answer; `is_proven` cuts a citation out of the stored text again and compares."""
    items = _items(known, names)
    texts = [(hit.document.text_id, words_of(hit.passage.text)) for hit in answer.hits[: max(CUTS)]]
    ranks = [_first(item.carried, texts) for item in items]
    quotes = [(c, c.document.text_id, words_of(c.quote)) for c in answer.citations]
    judged = tuple(
        CitationJudged(
            citation.document.name,
            citation.locator,
            citation.quote,
            any(item.meant(key, words, citation.runs) for item in items),
            is_proven(citation),
        )
        for citation, key, words in quotes
    )
    cited = [any(item.meant(key, words, c.runs) for c, key, words in quotes) for item in items]
    values = {
        **_found(items, answer.hits, texts, ranks),
        **_said(known, answer, judged, cited),
        **{f"ms_{name}": ms for name, ms in answer.trace.timings_ms},
    }
    found = min(ranks, default=NEVER) < NEVER or not any(item.telling for item in items)
    outcome = _outcome(known, answer, judged, values, found=found)
    if known.sort is not Sort.RANKING:
        values["good"] = float(outcome in GOOD)
    values = {name: round(value, _DIGITS) for name, value in values.items()}
    return Row(
        id=known.id,
        question=known.question,
        kind=known.kind,
        sort=known.sort,
        outcome=outcome,
        verdict=answer.verdict,
        confidence=round(answer.confidence, _DIGITS),
        answers=known.answers,
        answer=answer.text,
        short_answer=answer.short_answer,
        evidence=tuple(
            EvidenceFound(i.known.doc, i.known.page, i.known.text, rank if rank < NEVER else None, c)
            for i, rank, c in zip(items, ranks, cited, strict=True)
        ),
        citations=judged,
        differs=len(answer.differs),
        values=values,
    )


def _items(known: KnownQuestion, names: Names) -> tuple[_Item, ...]:
    accepted = [w for w in map(words_of, known.answers) if w.words and w.words not in _UNQUOTABLE]
    items = []
    for piece in known.evidence:
        entry, words = names.find(piece.doc), words_of(piece.text)
        answers = tuple(a for a in accepted if not words.words or holds(words, a))
        key: Key = entry.text_id if entry else piece.doc
        items.append(_Item(piece, key, entry is None or entry.paged, words, answers))
    return tuple(items)


def _first(fits: Callable[[Key, Words], bool], texts: Sequence[tuple[Key, Words]]) -> int:
    """Return the rank of the first text that fits, NEVER if none does."""
    return next((rank for rank, text in enumerate(texts, start=1) if fits(*text)), NEVER)


def _found(
    items: Sequence[_Item], hits: Sequence[Hit], texts: Sequence[tuple[Key, Words]], ranks: Sequence[int]
) -> dict[str, float]:
    """Measure what the search brought: documents, passages, evidence and pages."""
    if not items:
        return {}
    grades: dict[Key, float] = {}
    for item in items:
        grades[item.key] = max(grades.get(item.key, 0.0), item.known.grade)
    ranked: list[Key] = list(dict.fromkeys(hit.document.text_id for hit in hits))
    place = {key: rank for rank, key in enumerate(ranked, start=1)}
    documents = [place.get(key, NEVER) for key in grades]
    found = {
        "doc_ndcg@10": ndcg(ranked, grades),
        "doc_mrr@10": reciprocal_rank(documents),
        **_recalls("doc", documents),
    }
    told = [rank for item, rank in zip(items, ranks, strict=True) if item.telling]
    if told:
        found |= _recalls("passage", told)
    if all(item.words.words for item in items):
        found |= _recalls("evidence", [_first(item.within, texts) for item in items])
    pages = {(item.key, item.known.page) for item in items if item.known.page and item.paged}
    if pages:
        seen = [{(hit.document.text_id, run.page) for run in hit.passage.runs} for hit in hits[: max(CUTS)]]
        first = [next((r for r, own in enumerate(seen, start=1) if pair in own), NEVER) for pair in pages]
        found |= _recalls("page", first)
    return found


def _recalls(name: str, ranks: Sequence[int]) -> dict[str, float]:
    return {f"{name}_recall@{k}": recall_at(k, ranks) for k in CUTS}


def _said(
    known: KnownQuestion, answer: Answer, judged: Sequence[CitationJudged], cited: Sequence[bool]
) -> dict[str, float]:
    """Measure what was said: quotations, citations, words, and whether anything was said at all."""
    said = {"quotes": float(len(judged)), "quotes_proven": float(sum(c.proven for c in judged))}
    if known.sort is Sort.RANKING:
        return said
    declined = answer.verdict is Verdict.NOT_FOUND
    said |= {
        "answerable": float(known.sort is Sort.ANSWERABLE),
        "declined": float(declined),
        "confidence": answer.confidence,
        "differs": float(bool(answer.differs)),
    }
    if known.sort is Sort.UNANSWERABLE:
        return said
    said |= {
        "answer_exact": wording.exact(answer.text, known.answers),
        "answer_f1": wording.f1(answer.text, known.answers),
        "answer_contains": wording.contains(answer.text, known.answers),
    }
    if known.evidence:
        said |= {
            "citations": float(len(judged)),
            "citations_right": float(sum(c.right for c in judged)),
            "evidence": float(len(cited)),
            "evidence_cited": float(sum(cited)),
        }
    if not declined:
        said["short_given"] = float(bool(answer.short_answer))
    if answer.short_answer:
        said["short_exact"] = wording.exact(answer.short_answer, known.answers)
        said["short_f1"] = wording.f1(answer.short_answer, known.answers)
    return said


def _outcome(
    known: KnownQuestion,
    answer: Answer,
    judged: Sequence[CitationJudged],
    values: dict[str, float],
    *,
    found: bool,
) -> Outcome:
    """Say in one word what became of a question; right is what cites evidence or says an accepted answer."""
    declined = answer.verdict is Verdict.NOT_FOUND
    if known.sort is Sort.RANKING:
        return Outcome.RANKED
    if known.sort is Sort.UNANSWERABLE:
        return Outcome.DECLINED_RIGHTLY if declined else Outcome.INVENTED
    if declined:
        return Outcome.DECLINED_WRONGLY
    if any(c.right for c in judged) or values.get("answer_contains", 0.0) == 1:
        return Outcome.RIGHT
    return Outcome.OTHER_CITED if found else Outcome.EVIDENCE_MISSED

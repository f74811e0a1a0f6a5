"""Questions with known answers, turned into pairs of question and sentence for the head of the cross-encoder.

    python -m benchmarks.head_pairs PAIRS.jsonl QUESTIONS.jsonl LIBRARY [QUESTIONS.jsonl LIBRARY ...]

The program itself searches and reads, so the sentences are those the head will meet.  A sentence answers when
it overlaps the evidence of its question, is named there by its digest (so that questions can be kept without
the texts they are about), or holds an accepted answer where only a document is named.  No sentence answers a
question that has no answer.  Other sentences found for a question that has one may answer it too, so few of
them are taken, and none from a passage that holds evidence.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.fit_decision import digest
from qa_desktop.answering.asking import as_question
from qa_desktop.answering.evidence import Evidence
from qa_desktop.domain import Question, collapse
from qa_desktop.indexing.words import fold
from qa_desktop.library import Library
from qa_desktop.searching.asked import understood

READ = 4
"""Sentences of a question that are taken, best first."""

LOOKED_AT = 8
"""Sentences among which those that answer are looked for."""

SHARE = 0.7
"""Share of the shorter one's words that sentence and evidence have in common when they are the same."""

SHORTEST = 4
"""Words that a sentence has at least to be found in its evidence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question of a `source` and a sentence, as the cross-encoder reads it, at its `rank`, counted from 0.

    `answers` tells whether the sentence does, `answerable` whether the question has an answer at all, and
    `found` whether the search brought its evidence.  `span` is the range of the accepted answer in `text`,
    where it stands there.
    """

    source: str
    id: str
    question: str
    text: str
    rank: int
    passage: int
    answers: bool
    answerable: bool
    found: bool
    span: tuple[int, int] | None


def pairs_of(questions: Path, folder: Path) -> Iterator[Pair]:
    """Yield the pairs of a file of questions about a library."""
    with Library.open(folder, read_only=True) as library:
        for line in filter(None, questions.read_text("utf-8").splitlines()):
            entry = json.loads(line)
            question = as_question(understood(Question(entry["question"])).text)
            case = library.weigh(Question(entry["question"]))
            best = sorted(case.evidence, key=lambda e: -e.score)[:LOOKED_AT]
            answers = [bool(entry["answers"]) and answers_it(entry, item) for item in best]
            for rank, (item, does) in enumerate(zip(best, answers, strict=True)):
                if rank >= READ and not does:
                    continue
                span = span_of(entry["answers"], item) if does else None
                yield Pair(
                    questions.stem, entry["id"], question, item.reading, rank, item.hit.passage.id,
                    does, bool(entry["answers"]), any(answers), span,
                )  # fmt: skip


def answers_it(entry: Mapping[str, Any], item: Evidence) -> bool:
    """Tell whether a sentence is evidence for a question."""
    return any(_is_evidence(entry["answers"], evidence, item) for evidence in entry["evidence"])


def _is_evidence(answers: Sequence[str], evidence: Mapping[str, Any], item: Evidence) -> bool:
    if "sentences" in evidence:
        return digest(item.sentence.text) in evidence["sentences"]
    said = fold(collapse(item.sentence.text))
    text = fold(collapse(evidence.get("text", "")))
    if not text:
        held = (re.search(rf"(?<!\w){re.escape(fold(part))}(?!\w)", said) for part in _parts(answers))
        return item.hit.document.name == evidence["doc"] and any(held)
    words, own = set(text.split()), set(said.split())
    least = min(len(words), len(own))
    if text in said or (said in text and least >= SHORTEST):
        return True
    return least > SHORTEST and len(words & own) >= SHARE * least


def span_of(answers: Sequence[str], item: Evidence) -> tuple[int, int] | None:
    """Return where the first of the accepted `answers` that it holds stands in what is read of a sentence."""
    for part in _parts(answers):
        found = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", item.sentence.text, re.IGNORECASE)
        if found:
            return found.start() + len(item.lead), found.end() + len(item.lead)
    return None


def _parts(answers: Sequence[str]) -> Iterator[str]:
    for answer in answers:
        yield answer
        yield from (part for part in answer.split("; ") if part != answer)


def main() -> None:
    """Write the pairs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("files", nargs="+", type=Path, help="question file and library, in turn")
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8") as out:
        for questions, folder in zip(options.files[::2], options.files[1::2], strict=True):
            for pair in pairs_of(questions, folder):
                out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

"""How many contradictions between two texts are shown, and how many differences where there are none.

    python -m benchmarks.differing [PAIRS.jsonl]

Each line of PAIRS (by default, benchmarks/questions/conflicts.jsonl) holds a question, two texts, and what
they contradict each other about: "date", "figure", "name", "negation", or "none" where they only seem to.
All texts lie in one library; each question is asked of all of them.  A contradiction is shown when an answer
says that sources differ and quotes both `sides`; it is cited when both are quoted without a word about it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from qa_desktop.domain import Answer, Question, collapse
from qa_desktop.library import Library

PAIRS = Path(__file__).parent / "questions" / "conflicts.jsonl"


def outcome(entry: dict[str, Any], answer: Answer) -> str:
    """Return "shown", "cited", "declined", "false alarm" or "silent"."""
    told = [{collapse(text) for text, _ in difference.sides} for difference in answer.differs]
    sides = [collapse(side) for side in entry["sides"]]
    if sides and any(all(any(side in t or t in side for t in texts) for side in sides) for texts in told):
        return "shown"
    if told:
        return "false alarm"
    quoted = [collapse(citation.quote) for citation in answer.citations]
    if sides and all(any(side in q or q in side for q in quoted) for side in sides):
        return "cited"
    return "silent" if answer.claims else "declined"


def main() -> None:
    """Build the library, ask, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path, nargs="?", default=PAIRS)
    parser.add_argument(
        "--verbose", action="store_true", help="print every answer that is not as it should be"
    )
    options = parser.parse_args()
    entries = [json.loads(line) for line in options.pairs.read_text("utf-8").splitlines() if line]
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        for entry in entries:
            for number, text in enumerate(entry["texts"], 1):
                (documents / f"{entry['id']}-{number}-{text['name']}.txt").write_text(text["text"], "utf-8")
        with Library.open(Path(folder) / "library", create=True) as library:
            library.add([documents])
            answers = library.ask_many([Question(entry["question"]) for entry in entries])
            for entry, answer in zip(entries, answers, strict=True):
                came = outcome(entry, answer)
                counts[entry["about"], came] += 1
                if options.verbose and came != ("silent" if entry["about"] == "none" else "shown"):
                    print(f"{entry['id']} {entry['about']}: {came}. {entry['question']}")
                    for side in entry["sides"]:
                        print(f"    side: {side}")
                    for difference in answer.differs:
                        print(f"    {difference.about}: " + " | ".join(text for text, _ in difference.sides))
                    for claim in answer.claims:
                        print(f"    {answer.confidence:.2f} {claim.text}")
    columns = ("shown", "cited", "silent", "declined", "false alarm")
    print(f"| about | pairs | {' | '.join(columns)} |\n|---|---|{'---|' * len(columns)}")
    for about in sorted({about for about, _ in counts}):
        row = [counts[about, column] for column in columns]
        print(f"| {about} | {sum(row)} | {' | '.join(map(str, row))} |")


if __name__ == "__main__":
    main()

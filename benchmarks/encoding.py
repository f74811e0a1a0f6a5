"""How fast the models run, against bare ONNX Runtime sessions with the same file and the same passages.

    python -m benchmarks.encoding [--runs 5] [--passages 192]

Prints a table in Markdown.  Program and bare sessions take turns, and the middle of their ratios counts, so
that whatever else the computer does meanwhile weighs on both alike.  Exit status 1 if a model reaches less
than 90 % of the bare sessions.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import psutil

from benchmarks.bare import Bare, Run, compare
from qa_desktop import confine
from qa_desktop.models import load_cross_encoder, load_encoder, registry
from qa_desktop.models.crew import cores
from qa_desktop.models.samples import PASSAGES, QUESTIONS
from qa_desktop.models.spec import ModelSpec

FLOOR = 0.9
_FIRST_VECTOR = """
import time; start = time.perf_counter()
import psutil
from qa_desktop.models import load_encoder, registry
encoder = load_encoder(registry.default_encoder()); loaded = time.perf_counter()
encoder.encode_question("Who left?"); ready = time.perf_counter()
print(loaded - start, ready - start, psutil.Process().memory_info().rss / 1e6)
"""


def passages(count: int) -> list[str]:
    """Return texts of 50 to 130 words, put together from sentences (the same ones every time)."""
    dice = random.Random(7)  # noqa: S311  not for secrets
    sentences = PASSAGES[:28]
    texts = []
    for _ in range(count):
        length = dice.randint(50, 130)
        words: list[str] = []
        while len(words) < length:
            words += dice.choice(sentences).split()
        texts.append(" ".join(words))
    return texts


def runs_of(spec: ModelSpec, texts: Sequence[str] | Sequence[tuple[str, str]]) -> list[Run]:
    """Return the runs of a model over `texts`, cut into word pieces beforehand.

    `texts` are passages for an encoder, or pairs of question and passage for a cross-encoder.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(spec.folder / "tokenizer.json"))
    tokenizer.enable_truncation(spec.max_tokens)
    tokenizer.no_padding()
    encoded = tokenizer.encode_batch(list(texts))
    if spec.role == "encoder":  # the longest first, as the program does
        encoded.sort(key=len, reverse=True)
    graph = str(spec.graph_path)
    return [
        (
            graph,
            None,
            {
                "input_ids": np.array([text.ids], np.int64),
                "attention_mask": np.array([text.attention_mask], np.int64),
                "token_type_ids": np.array([text.type_ids], np.int64),
            },
        )
        for text in encoded
    ]


def first_vector() -> tuple[float, float, float]:
    """Return seconds to the loaded model and to the first vector, and megabytes, in a fresh process."""
    found = subprocess.run([sys.executable, "-c", _FIRST_VECTOR], capture_output=True, text=True, check=True)
    loaded, ready, megabytes = (float(number) for number in found.stdout.split())
    return loaded, ready, megabytes


def print_table(rows: Sequence[tuple[str, str]]) -> None:
    """Print what was measured, in Markdown."""
    print("| measured | value |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--passages", type=int, default=128)
    arguments = parser.parse_args()
    confine.silence_telemetry()
    texts = passages(arguments.passages)

    cold = [first_vector() for _ in range(arguments.runs)]
    process = psutil.Process(os.getpid())
    empty = process.memory_info().rss
    encoder = load_encoder(registry.default_encoder())
    cross = load_cross_encoder(registry.default_cross_encoder())
    encoder.encode_passages(texts[:16])
    cross.score(QUESTIONS[0], texts[:16])
    for _ in range(arguments.runs):
        encoder.encode_passages(texts)
        cross.score(QUESTIONS[0], texts[:64])
    both = process.memory_info().rss - empty

    runs = runs_of(encoder.spec, texts)
    tokens = sum(feed["input_ids"].size for _, _, feed in runs)
    alone = compare(lambda: encoder.encode_passages(texts), Bare(runs), arguments.runs)
    pairs = compare(
        lambda: cross.score(QUESTIONS[0], texts),
        Bare(runs_of(cross.spec, [(QUESTIONS[0], text) for text in texts])),
        arguments.runs,
    )
    middle = statistics.median
    rows = [
        ("cores, passages, tokens each", f"{cores()}, {len(texts)}, {tokens / len(texts):.0f}"),
        ("passages/s, program", f"{len(texts) / alone.ours:.0f}"),
        ("passages/s, bare sessions", f"{len(texts) / alone.bare:.0f}"),
        (f"ratio (at least {FLOOR})", alone.spread),
        ("pairs/s, cross-encoder, program", f"{len(texts) / pairs.ours:.0f}"),
        ("pairs/s, bare sessions", f"{len(texts) / pairs.bare:.0f}"),
        (f"ratio (at least {FLOOR})", pairs.spread),
        ("encoder loaded and verified, s after start of Python", f"{middle(c[0] for c in cold):.2f}"),
        ("first vector, s after start of Python", f"{middle(c[1] for c in cold):.2f}"),
        ("memory at the first vector, MB", f"{middle(c[2] for c in cold):.0f}"),
        ("memory of both models after all passages, MB", f"{both / 1e6:.0f}"),
    ]
    print_table(rows)
    return 0 if min(alone.ratio, pairs.ratio) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())

"""How fast the models run, against bare ONNX Runtime sessions with the same file and the same passages.

    python benchmarks/encoding.py [--runs 5] [--passages 192]

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
import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
import psutil

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


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Bare:
    """One session of one thread per core, fed with token numbers made beforehand; nothing else is done.

    `texts` are passages for an encoder, or pairs of question and passage for a cross-encoder.
    """

    def __init__(self, spec: ModelSpec, texts: Sequence[str] | Sequence[tuple[str, str]]) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(spec.folder / "tokenizer.json"))
        tokenizer.enable_truncation(spec.max_tokens)
        tokenizer.no_padding()
        encoded = tokenizer.encode_batch(list(texts))
        if spec.role == "encoder":  # the longest first, as the program does
            encoded.sort(key=len, reverse=True)
        self.tokens = sum(len(text) for text in encoded)
        self._feeds: list[dict[str, Any]] = [
            {
                "input_ids": np.array([text.ids], np.int64),
                "attention_mask": np.array([text.attention_mask], np.int64),
                "token_type_ids": np.array([text.type_ids], np.int64),
            }
            for text in encoded
        ]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._sessions = [
            onnxruntime.InferenceSession(str(spec.graph_path), options, providers=["CPUExecutionProvider"])
            for _ in range(cores())
        ]

    def run(self) -> None:
        """Run every text once."""
        queue: SimpleQueue[dict[str, Any]] = SimpleQueue()
        for feed in self._feeds:
            queue.put(feed)

        def work(session: Any) -> None:
            while True:
                try:
                    feed = queue.get_nowait()
                except Empty:
                    return
                session.run(None, feed)

        threads = [threading.Thread(target=work, args=(session,)) for session in self._sessions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def compare(
    program: Callable[[], object], bare: Bare, runs: int
) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of the program, those of bare sessions, and their ratios; both take turns."""
    bare.run()
    ours, plain = [], []
    for _ in range(runs):
        ours.append(seconds(program))
        plain.append(seconds(bare.run))
    return ours, plain, [b / a for a, b in zip(ours, plain, strict=True)]


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

    bare = Bare(encoder.spec, texts)
    ours, plain, ratios = compare(lambda: encoder.encode_passages(texts), bare, arguments.runs)
    bare_pairs = Bare(cross.spec, [(QUESTIONS[0], text) for text in texts])
    pairs, plain_pairs, ratios_pairs = compare(
        lambda: cross.score(QUESTIONS[0], texts), bare_pairs, arguments.runs
    )
    middle = statistics.median
    ratio, ratio_pairs = middle(ratios), middle(ratios_pairs)
    rows = [
        ("cores, passages, tokens each", f"{cores()}, {len(texts)}, {bare.tokens / len(texts):.0f}"),
        ("passages/s, program", f"{len(texts) / middle(ours):.0f}"),
        ("passages/s, bare sessions", f"{len(texts) / middle(plain):.0f}"),
        (f"ratio (at least {FLOOR})", f"{ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f})"),
        ("pairs/s, cross-encoder, program", f"{len(texts) / middle(pairs):.0f}"),
        ("pairs/s, bare sessions", f"{len(texts) / middle(plain_pairs):.0f}"),
        (
            f"ratio (at least {FLOOR})",
            f"{ratio_pairs:.2f} ({min(ratios_pairs):.2f} to {max(ratios_pairs):.2f})",
        ),
        ("encoder loaded and verified, s after start of Python", f"{middle(c[0] for c in cold):.2f}"),
        ("first vector, s after start of Python", f"{middle(c[1] for c in cold):.2f}"),
        ("memory at the first vector, MB", f"{middle(c[2] for c in cold):.0f}"),
        ("memory of both models after all passages, MB", f"{both / 1e6:.0f}"),
    ]
    print_table(rows)
    return 0 if min(ratio, ratio_pairs) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())

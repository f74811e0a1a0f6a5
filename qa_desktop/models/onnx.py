"""The shipped implementation: encoder and cross-encoder on ONNX Runtime and `tokenizers`.

Both verify nothing; `qa_desktop.models.load_encoder` compares the files with their SHA-256 first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from qa_desktop.models.crew import cores, work_through
from qa_desktop.models.encoder import EncodedPassages, EncodedText, Signs, Vectors, own_pieces, signs_of
from qa_desktop.models.graph import Graph
from qa_desktop.models.head import Head, Met
from qa_desktop.models.spec import ModelSpec, Pooling
from qa_desktop.progress import CancelToken, Progress, Report, ignore

if TYPE_CHECKING:
    from tokenizers import Encoding


class OnnxEncoder:
    """An `Encoder`.

    Text is cut to the window the way sentence-transformers cuts it: word pieces at the end are left out, the
    special ones stay.  Then the token vectors are pooled into one, which is scaled to unit length, also where
    the model's makers leave that to the user, because here every score is a cosine.

    `threads` is the number of texts computed at once; by default, one per core.
    """

    def __init__(self, spec: ModelSpec, threads: int | None = None) -> None:
        self.spec = spec
        self._graph = Graph(spec, "last_hidden_state")
        self._special = self._graph.tokenizer.num_special_tokens_to_add(is_pair=False)
        self._graph.tokenizer.no_truncation()
        self._threads = threads or cores()

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self.spec.dimension

    @property
    def max_tokens(self) -> int:
        """The window in word pieces, special ones included."""
        return self.spec.max_tokens

    def encode_passages(
        self, texts: Sequence[str], report: Report = ignore, cancel: CancelToken | None = None
    ) -> Vectors:
        """Return the vectors of `texts`, (n, dimension), unit length; see `Encoder`."""
        return self.read_passages(texts, report, cancel).vectors

    def read_passages(
        self, texts: Sequence[str], report: Report = ignore, cancel: CancelToken | None = None
    ) -> EncodedPassages:
        """Return the vectors of `texts` and the signs of their pieces; see `Encoder`."""
        cancel = cancel or CancelToken()
        vectors: Vectors = np.empty((len(texts), self.dimension), np.float32)
        signs: list[Signs] = [np.empty((0, 0), np.uint8)] * len(texts)
        done = 0

        def encode(index: int) -> None:
            read = self._read(self.spec.passage_prefix, texts[index])
            vectors[index], signs[index] = read.vector, signs_of(read.states)

        def after() -> None:
            nonlocal done
            done += 1
            report(Progress("encode", done, len(texts), unit="passages"))

        # The longest first: no core is left alone with a long text at the end, and memory that fits the
        # longest fits all others.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        threads = min(self._threads, len(texts))
        try:
            work_through(order, encode, lambda: cancel.cancelled, after, threads)
        finally:
            self._graph.rest()
        cancel.check()
        return EncodedPassages(vectors, tuple(signs))

    def encode_question(self, text: str) -> Vectors:
        """Return the vector of a question, (dimension,), unit length; see `Encoder`."""
        return self.read_question(text).vector

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of several questions, (n, dimension), unit length; see `Encoder`."""
        vectors: Vectors = np.empty((len(texts), self.dimension), np.float32)

        def encode(index: int) -> None:
            vectors[index] = self.encode_question(texts[index])

        threads = min(self._threads, len(texts))
        work_through(range(len(texts)), encode, lambda: False, lambda: None, threads)
        return vectors

    def read_question(self, text: str) -> EncodedText:
        """Return the vector of a question and the states of its pieces; see `Encoder`."""
        return self._read(self.spec.question_prefix, text)

    def count_tokens(self, text: str) -> int:
        """Return the number of word pieces in `text`, special ones and prefixes not counted."""
        return len(self._graph.tokenizer.encode(text, add_special_tokens=False))

    def close(self) -> None:
        """Nothing outlives a call here, so there is nothing to let go of."""

    def _read(self, prefix: str, text: str) -> EncodedText:
        tokenizer = self._graph.tokenizer
        pieces: Encoding = tokenizer.encode(prefix + text, add_special_tokens=False)
        pieces.truncate(self.max_tokens - self._special)
        pieces = tokenizer.post_process(pieces)
        states = self._graph.run(pieces)
        vector = pool(states, self.spec.pooling)
        return EncodedText(
            vector / max(float(np.linalg.norm(vector)), 1e-12),
            *own_pieces(states, pieces.offsets, pieces.special_tokens_mask, prefix),
        )


def pool(tokens: Vectors, pooling: Pooling) -> Vectors:
    """Return one vector for the token vectors (tokens, dimension) of one text without padding.

    "cls" takes the first token's, "last" the last token's; "mean" and "max" go over all tokens, the special
    ones included, as in sentence-transformers' Pooling module.
    """
    if pooling == "mean":
        result: Vectors = tokens.mean(axis=0, dtype=np.float32)
        return result
    if pooling == "max":
        highest: Vectors = tokens.max(axis=0)
        return highest
    row: Vectors = tokens[-1 if pooling == "last" else 0]
    return row


_KEPT, _LONGEST_KEPT = 32, 128
"""Pairs of which the states are kept, the sentences of one question, and pieces of the longest of them."""


class OnnxCrossEncoder:
    """A `CrossEncoder`: the logit of each pair, before any activation.

    A pair that does not fit the window loses word pieces of whichever text is longer ("longest first"), as in
    sentence-transformers.  Its head, if it has one, goes on from the states in the middle of the same run, so
    that it costs half a run where a sentence was scored before.  `threads` is the number of pairs computed at
    once; by default, one per core.
    """

    def __init__(self, spec: ModelSpec, threads: int | None = None) -> None:
        self.spec = spec
        self._graph = Graph(spec, "logits", spec.inner)
        self._graph.tokenizer.enable_truncation(spec.max_tokens, strategy="longest_first")
        self._head = Head(spec) if spec.head else None
        self._met: dict[tuple[str, str], Met] = {}
        self._threads = threads or cores()

    def score(self, question: str, texts: Sequence[str], deadline: float | None = None) -> Vectors:
        """Return one logit per text, (n,), NaN for what the deadline cut off; see `CrossEncoder`."""
        return self.score_pairs([(question, text) for text in texts], deadline)

    def score_pairs(self, pairs: Sequence[tuple[str, str]], deadline: float | None = None) -> Vectors:
        """Return one logit per (question, text), (n,), NaN for what the deadline cut off."""
        logits: Vectors = np.full(len(pairs), np.nan, np.float32)

        def score(index: int) -> None:
            logits[index] = self._meet(pairs[index]).logit

        self._work(score, len(pairs), deadline)
        return logits

    def answers(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return one logit per text that it answers, (n,); (0,) without a head; see `CrossEncoder`."""
        head = self._head
        if head is None:
            return np.empty(0, np.float32)
        logits: Vectors = np.empty(len(texts), np.float32)

        def answer(index: int) -> None:
            pair = question, texts[index]
            met = self._met.get(pair) or self._meet(pair)
            logits[index] = head.run(met.states, met.asked)

        self._work(answer, len(texts), None)
        return logits

    def _meet(self, pair: tuple[str, str]) -> Met:
        """Run the graph on a pair; what comes out of its middle is kept a while for the head."""
        encoding = self._graph.tokenizer.encode(*pair)
        if self._head is None:
            return Met(float(self._graph.run(encoding)[0]))
        output, inner = self._graph.run_both(encoding)
        asked = (np.array(encoding.type_ids) == 0) & (np.array(encoding.special_tokens_mask) == 0)
        met = Met(float(output[0]), inner.astype(np.float16), asked)
        if len(asked) <= _LONGEST_KEPT:
            self._met[pair] = met
        while len(self._met) > _KEPT:
            with suppress(KeyError, StopIteration, RuntimeError):  # another thread was first
                del self._met[next(iter(self._met))]
        return met

    def _work(self, score: Callable[[int], None], count: int, deadline: float | None) -> None:
        def late() -> bool:
            return deadline is not None and time.monotonic() >= deadline

        work_through(range(count), score, late, lambda: None, min(self._threads, count))

    def close(self) -> None:
        """Nothing outlives a call here, so there is nothing to let go of."""

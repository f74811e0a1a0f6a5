"""What a model must be able to do, whichever library runs it.

Nothing outside this package asks which implementation it holds: the shipped one runs on ONNX Runtime
(`qa_desktop.models.onnx`), the second one on sentence-transformers (`qa_desktop.models.reference`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa_desktop.models.spec import ModelSpec
from qa_desktop.progress import CancelToken, Report, ignore

Vectors = NDArray[np.float32]

Signs = NDArray[np.uint8]
"""One bit for each number of the states of a text's word pieces, (pieces, width / 8): set above 0.

Packed as `numpy.packbits` does it.  Signs keep what late interaction needs of a state at a 32nd of its size.
"""


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text as the encoder sees it: as a whole, and piece by piece.

    `vector` is (dimension,), `states` are (pieces, width), all of unit length; `spans` are the ranges of
    characters in the text that the pieces stand for.  Special pieces and the prefix are left out.
    """

    vector: Vectors
    states: Vectors
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class EncodedPassages:
    """Passages as the encoder sees them: `vectors` (n, dimension) of unit length, and the `signs` of each."""

    vectors: Vectors
    signs: tuple[Signs, ...]


def own_pieces(
    states: Vectors, offsets: Sequence[tuple[int, int]], special: Sequence[int], prefix: str
) -> tuple[Vectors, tuple[tuple[int, int], ...]]:
    """Return `states` and `spans` of an `EncodedText` out of what a model and its tokenizer gave.

    `offsets` are the ranges of the pieces in `prefix` and the text behind it; `special` is 1 for a piece that
    stands for no characters.
    """
    spans = np.array(offsets, np.int64).reshape(-1, 2) - len(prefix)
    own = (np.array(special) == 0) & (spans[:, 1] > 0)
    lengths = np.maximum(np.linalg.norm(states[own], axis=1, keepdims=True), 1e-12)
    return states[own] / lengths, tuple((max(0, start), end) for start, end in spans[own].tolist())


def signs_of(states: Vectors) -> Signs:
    """Return the signs of states (pieces, width), a bit each."""
    return np.packbits(states > 0, axis=1)


class Encoder(Protocol):
    """Turns texts into vectors whose scalar product says how near their meanings are."""

    @property
    def spec(self) -> ModelSpec:
        """The model behind it."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The window in word pieces, special ones included; what lies beyond is not seen."""

    def encode_passages(
        self, texts: Sequence[str], report: Report = ignore, cancel: CancelToken | None = None
    ) -> Vectors:
        """Return one vector per text, in the order given: (n, dimension), unit length.

        A vector depends on its text alone, never on the texts beside it.
        Raises `Cancelled` soon after `cancel` was called.
        """

    def read_passages(
        self, texts: Sequence[str], report: Report = ignore, cancel: CancelToken | None = None
    ) -> EncodedPassages:
        """Return what `encode_passages` does, with the signs of the pieces, at the same cost."""

    def encode_question(self, text: str) -> Vectors:
        """Return the vector of a question: (dimension,), unit length."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of several questions, (n, dimension), computed side by side."""

    def read_question(self, text: str) -> EncodedText:
        """Return what `encode_question` does, with the states of the pieces."""

    def count_tokens(self, text: str) -> int:
        """Return the number of word pieces in `text`, special ones and prefixes not counted."""

    def close(self) -> None:
        """Let go of threads or processes; it may be called twice."""


class CrossEncoder(Protocol):
    """Reads a question and a passage together and says how well the passage answers."""

    @property
    def spec(self) -> ModelSpec:
        """The model behind it."""

    def score(self, question: str, texts: Sequence[str], deadline: float | None = None) -> Vectors:
        """Return one logit per text: (n,), higher is better, without an absolute meaning.

        `texts` come in order of importance: when the clock (`time.monotonic()`) passes `deadline`, what has
        not been begun stays NaN.
        """

    def score_pairs(self, pairs: Sequence[tuple[str, str]], deadline: float | None = None) -> Vectors:
        """Return one logit per (question, text): (n,), as `score` does for one question."""

    def answers(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return one logit per text that it answers the question: (n,), above 0 rather than not.

        Relevance is another matter: a near miss is relevant.  (0,) where the model was not taught to tell
        (`ModelSpec.head`).
        """

    def close(self) -> None:
        """Let go of threads or processes; it may be called twice."""

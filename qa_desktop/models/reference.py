"""The second implementation: the same folders on sentence-transformers, in a process of its own.

It proves the first one, and lets anyone run a model without converting it: a folder without an ONNX graph is
run on torch.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from qa_desktop.models.encoder import EncodedPassages, EncodedText, Vectors, signs_of
from qa_desktop.models.spec import ModelSpec
from qa_desktop.models.workshop import Workshop
from qa_desktop.progress import CancelToken, Progress, Report, ignore

_AT_ONCE = 8  # texts per message: between two of them there is progress, and a chance to stop


class _Guest:
    """A model that is open in a workshop: in one that is handed in, or in its own."""

    def __init__(self, spec: ModelSpec, workshop: Workshop | None) -> None:
        self.spec = spec
        self._own = workshop is None
        self._workshop = workshop or Workshop()
        try:
            opened, _ = self._workshop.ask(
                "open",
                folder=str(spec.folder),
                role=spec.role,
                backend="onnx" if spec.graph_path.is_file() else "torch",
                max_tokens=spec.max_tokens,
            )
        except BaseException:
            self.close()
            raise
        self._model: int = opened["model"]

    def close(self) -> None:
        """End the workshop if it is this model's own."""
        if self._own:
            self._workshop.close()


class SentenceTransformersEncoder(_Guest):
    """An `Encoder`; `workshop` lets several models share a process, otherwise it has one to itself.

    Raises `ModelRefused` when sentence-transformers is not installed, `WorkshopError` when it cannot use the
    folder.
    """

    def __init__(self, spec: ModelSpec, workshop: Workshop | None = None) -> None:
        super().__init__(spec, workshop)

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
        cancel = cancel or CancelToken()
        vectors: Vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            cancel.check()
            part = list(texts[start : start + _AT_ONCE])
            vectors[start : start + len(part)] = self._encode(part, self.spec.passage_prefix)
            report(Progress("encode", start + len(part), len(texts), unit="passages"))
        cancel.check()
        return vectors

    def read_passages(
        self, texts: Sequence[str], report: Report = ignore, cancel: CancelToken | None = None
    ) -> EncodedPassages:
        """Return the vectors of `texts` and the signs of their pieces; see `Encoder`."""
        vectors = self.encode_passages(texts, report, cancel)
        states = (self._states(self.spec.passage_prefix, text)[0] for text in texts)
        return EncodedPassages(vectors, tuple(map(signs_of, states)))

    def encode_question(self, text: str) -> Vectors:
        """Return the vector of a question, (dimension,), unit length; see `Encoder`."""
        vector: Vectors = self.encode_questions([text])[0]
        return vector

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of several questions, (n, dimension), unit length; see `Encoder`."""
        return self._encode(list(texts), self.spec.question_prefix)

    def read_question(self, text: str) -> EncodedText:
        """Return the vector of a question and the states of its pieces; see `Encoder`."""
        states, spans = self._states(self.spec.question_prefix, text)
        return EncodedText(self.encode_question(text), states, spans)

    def count_tokens(self, text: str) -> int:
        """Return the number of word pieces in `text`, special ones and prefixes not counted."""
        return int(self._workshop.ask("count", model=self._model, text=text)[0]["tokens"])

    def _encode(self, texts: list[str], prefix: str) -> Vectors:
        _, vectors = self._workshop.ask("encode", model=self._model, texts=texts, prefix=prefix)
        assert vectors is not None
        return vectors

    def _states(self, prefix: str, text: str) -> tuple[Vectors, tuple[tuple[int, int], ...]]:
        """Return the states of the pieces of one text, of unit length, and the ranges they stand for."""
        reply, states = self._workshop.ask("states", model=self._model, text=text, prefix=prefix)
        assert states is not None
        return states, tuple((start, end) for start, end in reply["spans"])


class SentenceTransformersCrossEncoder(_Guest):
    """A `CrossEncoder`; see `SentenceTransformersEncoder`."""

    def __init__(self, spec: ModelSpec, workshop: Workshop | None = None) -> None:
        super().__init__(spec, workshop)

    def score(self, question: str, texts: Sequence[str], deadline: float | None = None) -> Vectors:
        """Return one logit per text, (n,), NaN for what the deadline cut off; see `CrossEncoder`."""
        logits: Vectors = np.full(len(texts), np.nan, np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            if deadline is not None and time.monotonic() >= deadline:
                break
            part = list(texts[start : start + _AT_ONCE])
            _, found = self._workshop.ask("score", model=self._model, question=question, texts=part)
            assert found is not None
            logits[start : start + len(part)] = found
        return logits

    def score_pairs(self, pairs: Sequence[tuple[str, str]], deadline: float | None = None) -> Vectors:
        """Return one logit per (question, text), (n,), NaN for what the deadline cut off."""
        return np.concatenate([self.score(q, [t], deadline) for q, t in pairs] or [np.empty(0, np.float32)])

    def answers(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return nothing, (0,): sentence-transformers does not hand out the inner states that it takes."""
        return np.empty(0, np.float32)

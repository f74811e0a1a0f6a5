"""The head of a cross-encoder: its upper layers a second time, taught to tell whether a text answers.

A cross-encoder for search was trained to say how relevant a passage is, and a near miss is relevant: it names
the contract and the year, not the price.  What its lower layers make of question and text serves both ends.
The upper ones were copied and trained further on questions of which every second has no answer
(`python -m benchmarks.train_head`; the idea of such questions is that of Rajpurkar, Jia and Liang, "Know What
You Don't Know: Unanswerable Questions for SQuAD", 2018).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qa_desktop.errors import ModelUnusable
from qa_desktop.models.graph import options
from qa_desktop.models.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Met:
    """What came of one pair.

    `logit` is its score, `states` are those of its pieces in the middle of the model, (n, d), and `asked`
    tells which of these are of the question, (n,).
    """

    logit: float
    states: NDArray[np.float16] = field(default_factory=lambda: np.empty((0, 0), np.float16))
    asked: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))


class Head:
    """The head of a model, safe to use from several threads.

    Raises `ModelUnusable` when it cannot be opened.
    """

    def __init__(self, spec: ModelSpec) -> None:
        import onnxruntime

        try:
            self._session = onnxruntime.InferenceSession(
                str(spec.head_path), options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # it raises its own, unrelated types
            raise ModelUnusable(spec.name, f"{type(error).__name__}: {error}") from error

    def run(self, states: NDArray[np.float16], asked: NDArray[np.bool_]) -> float:
        """Return the logit that a text answers."""
        feed = {"states": states[None].astype(np.float32), "asked": asked[None].astype(np.float32)}
        return float(self._session.run(["answers"], feed)[0][0])

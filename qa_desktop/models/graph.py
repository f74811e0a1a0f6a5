"""A model's two halves on disk, opened: the graph on ONNX Runtime and the tokenizer.

One text is run at a time, never several padded to one length, for two reasons.  The quantised graphs derive
the scale of their activations from everything in the batch (the operator DynamicQuantizeLinear of ONNX), so a
vector would depend on the texts beside it.  And it is the fastest way: as many runs side by side as there are
cores, each with one thread, beat larger batches, which pad and spill out of the caches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa_desktop.confine import silence_telemetry
from qa_desktop.errors import ModelMissing, ModelUnusable
from qa_desktop.models.memory import give_back, share_arena, shrinking
from qa_desktop.models.spec import ModelSpec
from qa_desktop.models.tap import with_output

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer


class Graph:
    """A graph and its tokenizer, safe to use from several threads at once (the weights are held once).

    `inner` names a tensor inside the graph that `run_both` returns beside the output.
    Raises `ModelMissing` or `ModelUnusable` when it cannot be opened.
    """

    def __init__(self, spec: ModelSpec, output: str, inner: str = "") -> None:
        silence_telemetry()
        import onnxruntime
        from tokenizers import Tokenizer

        for name in ("tokenizer.json", spec.graph):
            if not (spec.folder / name).is_file():
                raise ModelMissing(spec.name, spec.folder / name)
        try:
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(spec.folder / "tokenizer.json"))
            graph = with_output(spec.graph_path.read_bytes(), inner) if inner else str(spec.graph_path)
            self._session = onnxruntime.InferenceSession(graph, options(), providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise their own, unrelated types
            raise ModelUnusable(spec.name, f"{type(error).__name__}: {error}") from error
        self.tokenizer.no_padding()
        self._inputs = frozenset(value.name for value in self._session.get_inputs())
        names = [value.name for value in self._session.get_outputs()]
        self._output = output if output in names else names[0]
        self._inner = inner

    def run(self, text: Encoding) -> NDArray[np.float32]:
        """Return what the graph makes of one text: its first (or the named) output without the batch axis."""
        result: NDArray[np.float32] = self._session.run([self._output], self._feed(text))[0][0]
        return result

    def run_both(self, text: Encoding) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the output and the inner tensor of one text, without the batch axis."""
        output, inner = self._session.run([self._output, self._inner], self._feed(text))
        return output[0], inner[0]

    def rest(self) -> None:
        """Give back the room that many long texts took: 80 MB, of which questions need little."""
        self._session.run([self._output], self._feed(self.tokenizer.encode("a")), shrinking())
        give_back()

    def _feed(self, text: Encoding) -> dict[str, NDArray[np.int64]]:
        feed = {"input_ids": np.array([text.ids], np.int64)}
        if "attention_mask" in self._inputs:
            feed["attention_mask"] = np.ones_like(feed["input_ids"])
        if "token_type_ids" in self._inputs:
            feed["token_type_ids"] = np.array([text.type_ids], np.int64)
        return feed


def options() -> Any:
    """Return how every graph is run: with one thread, and without what only large batches gain from."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the cores are shared out among runs, see above
    options.inter_op_num_threads = 1
    share_arena(options)
    options.log_severity_level = 3  # errors; remarks about the processor concern nobody
    return options

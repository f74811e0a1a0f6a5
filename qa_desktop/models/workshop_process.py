"""The program of the workshop: the only code that imports sentence-transformers and torch.

Started by `qa_desktop.models.workshop` as `python -m qa_desktop.models.workshop_process`; it answers one
message after the other on its standard streams and ends with them.  Models come from folders alone.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any

import numpy as np

from qa_desktop import confine
from qa_desktop.models import wire
from qa_desktop.models.encoder import Vectors, own_pieces
from qa_desktop.models.export import export, quantise

Reply = tuple[wire.Message, Vectors | None]

# A window beyond this is not offered: no passage is that long, and attention grows with its square.
LONGEST_WINDOW = 2048


class Bench:
    """The models that are open, by number, and what can be done with them."""

    def __init__(self) -> None:
        self._models: list[Any] = []

    def open(self, message: wire.Message) -> Reply:
        """Open `folder` as `role` on `backend`; answer with its number, dimension and window."""
        import torch
        from sentence_transformers import CrossEncoder, SentenceTransformer

        torch.set_num_threads(1)  # one text at a time: more threads only wait for each other
        backend = message["backend"]
        kind = SentenceTransformer if message["role"] == "encoder" else CrossEncoder

        def load(seed: int) -> Any:
            torch.manual_seed(seed)
            return kind(
                message["folder"],
                device="cpu",
                backend=backend,
                local_files_only=True,
                # "eager" is the plain form of attention, the one that can be written down as a graph.
                model_kwargs={"attn_implementation": "eager"} if backend == "torch" else _on_one_thread(),
            )

        model = load(1)
        if backend == "torch":
            # Weights that a file lacks are filled in by chance, without an error.
            if not np.allclose(_probe(model), _probe(load(2)), atol=1e-4):
                raise ValueError("some of its weights are missing from the file that should hold them")
            model.float().eval()
        window = min(_window(model), message.get("max_tokens") or LONGEST_WINDOW, LONGEST_WINDOW)
        model.max_seq_length = window
        model.tokenizer.model_max_length = window
        self._models.append(model)
        return {"model": len(self._models) - 1, "dimension": len(_probe(model)), "max_tokens": window}, None

    def encode(self, message: wire.Message) -> Reply:
        """Encode `texts`, each alone, with `prefix` before it; answer with vectors of unit length."""
        vectors = self._models[message["model"]].encode(
            message["texts"],
            prompt=message["prefix"],
            batch_size=1,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return {}, np.asarray(vectors, np.float32)

    def states(self, message: wire.Message) -> Reply:
        """Answer with the states of the pieces of `text` with `prefix` before it, and the ranges of `text`.

        Special pieces and those of the prefix are left out; the states have unit length.
        """
        model, prefix, text = self._models[message["model"]], message["prefix"], message["text"]
        found = model.encode(
            text, prompt=prefix, output_value="token_embeddings", batch_size=1, show_progress_bar=False
        )
        pieces = model.tokenizer(
            prefix + text,
            truncation=True,
            max_length=len(found),
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        states, spans = own_pieces(
            np.asarray(found.cpu(), np.float32),
            pieces["offset_mapping"],
            pieces["special_tokens_mask"],
            prefix,
        )
        return {"spans": spans}, states

    def score(self, message: wire.Message) -> Reply:
        """Score `texts` against `question`, each pair alone; answer with logits."""
        import torch

        logits = self._models[message["model"]].predict(
            [(message["question"], text) for text in message["texts"]],
            activation_fn=torch.nn.Identity(),
            batch_size=1,
            show_progress_bar=False,
        )
        return {}, np.asarray(logits, np.float32).reshape(len(message["texts"]))

    def count(self, message: wire.Message) -> Reply:
        """Count the word pieces of `text`, without special ones."""
        tokenizer = self._models[message["model"]].tokenizer
        return {
            "tokens": len(tokenizer(message["text"], add_special_tokens=False, verbose=False)["input_ids"])
        }, None

    def export(self, message: wire.Message) -> Reply:
        """Write graph, tokenizer and configuration of a model below `draft`."""
        export(self._models[message["model"]], message["role"], Path(message["draft"]))
        return {}, None

    def quantise(self, message: wire.Message) -> Reply:
        """Write the graph `source` with weights of 8 bits to `target`."""
        quantise(Path(message["source"]), Path(message["target"]))
        return {}, None


def _probe(model: Any) -> Vectors:
    """Return what a model makes of one short text, or pair of texts."""
    texts = "a river"
    result = model.encode(texts) if hasattr(model, "encode") else model.predict([(texts, texts)])
    return np.asarray(result, np.float32)


def _on_one_thread() -> dict[str, Any]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return {"provider": "CPUExecutionProvider", "session_options": options}


def _window(model: Any) -> int:
    """Return the window of a model in word pieces: the smallest number anyone gives."""
    config = model.config if hasattr(model, "config") else model[0].auto_model.config
    limits = (
        model.max_seq_length,
        model.tokenizer.model_max_length,
        getattr(config, "max_position_embeddings", None),
    )
    return min(int(limit) for limit in limits if limit and limit > 0)


def main() -> None:
    """Answer messages until there are no more."""
    confine.silence_telemetry()
    confine.deny_network()
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print must not mix with the replies
    bench = Bench()
    commands = {
        name: getattr(bench, name)
        for name in ("open", "encode", "states", "score", "count", "export", "quantise")
    }
    while True:
        try:
            message, _ = wire.receive(sys.stdin.buffer)
        except EOFError:
            return
        try:
            reply, numbers = commands[message["command"]](message)
        except Exception as error:  # noqa: BLE001  whatever the libraries raise is the other side's to explain
            sentence = f"{type(error).__name__}: {error}"
            reply, numbers = {"error": sentence, "details": traceback.format_exc()}, None
        wire.send(replies, reply, numbers)


if __name__ == "__main__":
    main()

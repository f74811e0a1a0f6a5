"""Write a sentence-transformers model down as an ONNX graph; runs in the workshop's process only."""

from __future__ import annotations

import inspect
import json
import logging
import warnings
from pathlib import Path
from typing import Any

from qa_desktop.models.spec import Role

# The newest set of operators that the exporter used here (torch.onnx.export with dynamo=False) can write well
# beyond doubt for these models; ONNX Runtime reads all of them.
_OPSET = 17


def export(model: Any, role: Role, draft: Path) -> None:
    """Write `onnx/model.onnx`, the tokenizer and the configuration of the transformer below `draft`.

    The inputs are those the tokenizer makes, the axes of texts and tokens are free; the output is the last
    hidden state of an encoder, the logits of a cross-encoder.
    """
    import torch

    transformer = model.model if hasattr(model, "model") and role == "cross-encoder" else model[0].auto_model
    transformer.config.use_cache = False
    wanted = set(inspect.signature(transformer.forward).parameters)
    sample = model.tokenizer(["one text", "another text, a little longer"], padding=True, return_tensors="pt")
    names = [
        name
        for name in ("input_ids", "attention_mask", "token_type_ids")
        if name in sample and name in wanted
    ]
    output = "logits" if role == "cross-encoder" else "last_hidden_state"

    class Plain(torch.nn.Module):
        """The transformer with inputs by position and a single output, as the exporter wants it."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, *values: Any) -> Any:
            return getattr(
                self.transformer(**dict(zip(names, values, strict=True)), return_dict=True), output
            )

    graph = draft / "onnx" / "model.onnx"
    graph.parent.mkdir(parents=True, exist_ok=True)
    axes = {name: {0: "texts", 1: "tokens"} for name in [*names, output]}
    if role == "cross-encoder":
        axes[output] = {0: "texts"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # remarks on tracing; the result is proven against the original
        torch.onnx.export(
            Plain().eval(),
            tuple(sample[name] for name in names),
            str(graph),
            input_names=names,
            output_names=[output],
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
    transformer.config.save_pretrained(draft)
    model.tokenizer.save_pretrained(draft)


def quantise(source: Path, target: Path) -> None:
    """Write the graph `source` to `target` with weights of 8 bits, one scale per column of a matrix.

    One scale per column instead of one per matrix is what keeps the quality (for all-MiniLM-L6-v2 a mean
    cosine to the original of 0.993 instead of 0.979).  Weights are unsigned, because signed ones
    overflow in the 16-bit sums of processors without VNNI (ONNX Runtime, "Quantize ONNX models", on the
    choice between U8S8 and U8U8).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.disable(logging.WARNING)  # it recommends a step for convolutions
    quantize_dynamic(str(source), str(target), per_channel=True, weight_type=QuantType.QUInt8)
    logging.disable(logging.NOTSET)


def write_json(path: Path, content: object) -> None:
    """Write a small configuration file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

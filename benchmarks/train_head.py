"""Train the head of the cross-encoder: upper layers that tell whether a sentence answers a question.

    python -m benchmarks.train_head PAIRS.jsonl [--without SOURCE ...] [--out HEAD.onnx]

`PAIRS.jsonl` is what `benchmarks.head_pairs` writes.  The upper layers of the shipped cross-encoder are taken
out of its graph, their weights of 8 bits made numbers again, and trained further on the states that the graph
itself gives out below them; so what is trained is what will run.  Two heads are trained: one logit from the
first state and the mean of the question's, and, because it helps the first, where the answer begins and ends
(Devlin et al., "BERT", 2019, for both forms).  Sources named by `--without` are left out of the training;
how well answerable and unanswerable questions are told apart on them is printed after every epoch.

Needs torch, transformers and onnx, which the test environment has.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional
from transformers import BertConfig
from transformers.models.bert.modeling_bert import BertLayer

from benchmarks.fit_decision import auroc
from benchmarks.head_pairs import READ, Pair
from qa_desktop.models import registry
from qa_desktop.models.crew import cores, work_through
from qa_desktop.models.export import quantise
from qa_desktop.models.graph import Graph
from qa_desktop.models.spec import ModelSpec, file_sha256

BATCH = 16
LEARNING_RATE = 5e-5
OF_NEW_LAYERS = 1e-3
WARM_UP = 0.1
SPAN_WEIGHT = 0.3
OTHERS = 1
"""Sentences of an answerable question that are taken as not answering it."""

SEED = 7

Met = tuple[np.ndarray, np.ndarray, tuple[int, int] | None]
"""A pair in the middle of the model: states (n, d) as float16, which are the question's, and the answer's."""


class Upper(torch.nn.Module):
    """The layers above `ModelSpec.inner`, and what reads them."""

    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        weights = layer_weights(spec)
        found = re.search(r"layer\.(\d+)", spec.inner)
        assert found
        above = sorted(number for number in weights if number > int(found[1]))
        config = BertConfig.from_pretrained(str(spec.folder), attn_implementation="eager")
        layer_of: Any = BertLayer
        self.layers = torch.nn.ModuleList(layer_of(config) for _ in above)
        for layer, number in zip(self.layers, above, strict=True):
            layer.load_state_dict({k: torch.tensor(v) for k, v in weights[number].items()})
        self.drop = torch.nn.Dropout(0.1)
        self.answers = torch.nn.Linear(2 * config.hidden_size, 1)
        self.span = torch.nn.Linear(config.hidden_size, 2)
        torch.nn.init.zeros_(self.answers.weight)
        torch.nn.init.zeros_(self.answers.bias)

    def forward(self, states: Any, asked: Any, padding: Any = None) -> tuple[Any, Any]:
        """Return (texts,) logits that each answers, and (texts, pieces, 2) of where an answer lies."""
        for layer in self.layers:
            came = layer(states, attention_mask=padding)
            states = came[0] if isinstance(came, tuple) else came
        states = states.float()
        mean = (states * asked[:, :, None]).sum(1) / asked.sum(1, keepdim=True).clamp(min=1)
        return self.answers(self.drop(torch.cat([states[:, 0], mean], 1)))[:, 0], self.span(states)


def layer_weights(spec: ModelSpec) -> dict[int, dict[str, np.ndarray]]:
    """Return the weights of every layer in the graph of `spec` as float32, by the names transformers uses."""
    model = onnx.load(str(spec.graph_path))
    held = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    found: dict[int, dict[str, np.ndarray]] = defaultdict(dict)

    def keep(name: str, value: np.ndarray) -> None:
        place = re.match(r"bert\.encoder\.layer\.(\d+)\.(.+)", name)
        if place:
            found[int(place[1])][place[2]] = value.astype(np.float32)

    for name, value in held.items():
        if name.endswith((".bias", "LayerNorm.weight")):
            keep(name, value)
    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].endswith("_quantized"):
            base = node.input[1].removesuffix("_quantized")
            whole = held[node.input[1]].astype(np.float32) - held[f"{base}_zero_point"].astype(np.float32)
            name = node.name.split("/MatMul")[0].strip("/").replace("/", ".")
            keep(f"{name}.weight", (whole * held[f"{base}_scale"]).T)
    return found


def meet(spec: ModelSpec, pairs: Sequence[Pair]) -> list[Met]:
    """Run the graph on all pairs and return what comes out of its middle."""
    graph = Graph(spec, "logits", spec.inner)
    graph.tokenizer.enable_truncation(256, strategy="longest_first")
    met: list[Any] = [None] * len(pairs)

    def run(index: int) -> None:
        pair = pairs[index]
        encoding = graph.tokenizer.encode(pair.question, pair.text)
        _, states = graph.run_both(encoding)
        special = np.array(encoding.special_tokens_mask) == 1
        kind = np.array(encoding.type_ids)
        place = None
        if pair.span:
            own = np.flatnonzero((kind == 1) & ~special)
            first = [i for i in own if encoding.offsets[i][0] <= pair.span[0] < encoding.offsets[i][1]]
            last = [i for i in own if encoding.offsets[i][0] < pair.span[1] <= encoding.offsets[i][1]]
            place = (int(first[0]), int(last[0])) if first and last else None
        met[index] = (states.astype(np.float16), (kind == 0) & ~special, place)

    work_through(range(len(pairs)), run, lambda: False, lambda: None, cores())
    return met


def chosen(pairs: Sequence[Pair]) -> list[int]:
    """Return which pairs are trained on: of answerable questions mostly those that answer."""
    by_question: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, pair in enumerate(pairs):
        by_question[pair.source, pair.id].append(index)
    taken: list[int] = []
    for own in by_question.values():
        if not pairs[own[0]].answerable:
            taken += own
            continue
        good = [i for i in own if pairs[i].answers]
        near = {pairs[i].passage for i in good}
        other = [i for i in own if not pairs[i].answers and pairs[i].passage not in near]
        taken += good[:3] + random.sample(other, min(OTHERS, len(other))) if good else []
    return taken


def batch_of(met: Sequence[Met]) -> tuple[Any, Any, Any]:
    """Return the states, which of them are the question's, and what attention must not see."""
    longest = max(len(states) for states, _, _ in met)
    states = torch.zeros(len(met), longest, met[0][0].shape[1])
    asked, padding = torch.zeros(len(met), longest), torch.full((len(met), 1, 1, longest), -1e4)
    for row, (own, mask, _) in enumerate(met):
        states[row, : len(own)] = torch.from_numpy(own.astype(np.float32))
        asked[row, : len(own)] = torch.from_numpy(mask.astype(np.float32))
        padding[row, :, :, : len(own)] = 0.0
    return states, asked, padding


def train(model: Upper, pairs: Sequence[Pair], met: Sequence[Met], epochs: int, test: Sequence[int]) -> None:
    """Train on all pairs but `test`, AdamW with a linear warm-up and decay."""
    left_out = set(test)
    taken = [i for i in chosen(pairs) if i not in left_out]
    good = sum(pairs[i].answers for i in taken)
    weight = torch.tensor((len(taken) - good) / good).sqrt()
    print(f"{len(taken)} pairs, {good} of them answer", flush=True)
    upper = [p for name, p in model.named_parameters() if name.startswith("layers.")]
    new = [*model.answers.parameters(), *model.span.parameters()]
    groups = [{"params": upper, "lr": LEARNING_RATE}, {"params": new, "lr": OF_NEW_LAYERS}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * -(-len(taken) // BATCH)

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    for epoch in range(epochs):
        losses = []
        for indexes in _batches(taken, met):
            rows = [met[i] for i in indexes]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits, spans = model(*batch_of(rows))
            truth = torch.tensor([float(pairs[i].answers) for i in indexes])
            loss = functional.binary_cross_entropy_with_logits(logits.float(), truth, pos_weight=weight)
            placed = [(row, place) for row, (_, _, place) in enumerate(rows) if place]
            for side in (0, 1) if placed else ():
                said = spans.float()[[row for row, _ in placed], :, side]
                where = torch.tensor([place[side] for _, place in placed])
                loss = loss + SPAN_WEIGHT * functional.cross_entropy(said, where) * len(placed) / len(rows)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}", flush=True)
        report(model, pairs, met, test)


def _batches(taken: Sequence[int], met: Sequence[Met]) -> list[list[int]]:
    """Return batches of pairs of like length, in a random order."""
    order = random.sample(list(taken), len(taken))
    pools = [order[i : i + BATCH * 16] for i in range(0, len(order), BATCH * 16)]
    order = [i for pool in pools for i in sorted(pool, key=lambda i: len(met[i][0]))]
    batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    return random.sample(batches, len(batches))


def report(model: Upper, pairs: Sequence[Pair], met: Sequence[Met], test: Sequence[int]) -> None:
    """Print the AUROC of the best logit of each question, by source."""
    model.eval()
    best: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    with torch.no_grad():
        for start in range(0, len(test), 2 * BATCH):
            indexes = test[start : start + 2 * BATCH]
            for i, logit in zip(indexes, model(*batch_of([met[i] for i in indexes]))[0], strict=True):
                pair = pairs[i]
                if pair.rank < READ and pair.found >= pair.answerable:
                    known = best[pair.source].get(pair.id, (-99.0, 0.0))[0]
                    best[pair.source][pair.id] = (max(known, float(logit)), float(pair.answerable))
    for source, values in best.items():
        p, y = np.array(list(values.values())).T
        if 0 < y.sum() < len(y):
            print(f"  {source}: AUROC {auroc(p, y):.3f} of {len(y)}", flush=True)
    model.train()


def write(model: Upper, target: Path) -> None:
    """Write the head as a graph with weights of 8 bits."""
    model.eval()
    size = model.span.in_features
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        plain = Path(folder) / "head.onnx"
        torch.onnx.export(
            model, (torch.randn(1, 9, size), torch.ones(1, 9)), str(plain), dynamo=False, opset_version=17,
            input_names=["states", "asked"], output_names=["answers", "span"],
            dynamic_axes={"states": {1: "pieces"}, "asked": {1: "pieces"}, "span": {1: "pieces"}},
        )  # fmt: skip
        quantise(plain, target)
    print(f"{target.name}: {target.stat().st_size:,} bytes, SHA-256 {file_sha256(target)}")


def main() -> None:
    """Train, report, and write on demand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--without", nargs="*", default=[], help="sources to leave out and to measure with")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--out", type=Path, help="where to write the head")
    options = parser.parse_args()
    random.seed(SEED)
    torch.manual_seed(SEED)
    spec = registry.default_cross_encoder()
    lines = options.pairs.read_text("utf-8").splitlines()
    pairs = [Pair(**{**e, "span": e["span"] and tuple(e["span"])}) for e in map(json.loads, lines)]
    met = meet(spec, pairs)
    test = [i for i, pair in enumerate(pairs) if pair.source in options.without]
    model = Upper(spec)
    train(model, pairs, met, options.epochs, test)
    if options.out:
        write(model, options.out)


if __name__ == "__main__":
    main()

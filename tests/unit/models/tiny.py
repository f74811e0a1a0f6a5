"""Small sentence-transformers models with weights from a die, written without any of its libraries.

They say nothing sensible, but must be taken in like any other: a different architecture, a different pooling,
prompts, no normalisation, no token types, a single output.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

WIDTH, LAYERS, VOCABULARY, WINDOW = 32, 2, 30522, 64


def write_safetensors(path: Path, tensors: dict[str, tuple[int, ...]]) -> None:
    """Write float32 tensors of these shapes in the safetensors format: a length, a JSON header, numbers."""
    dice = np.random.default_rng(4)
    header: dict[str, object] = {}
    numbers = []
    offset = 0
    for name, shape in tensors.items():
        values = dice.normal(0, 0.3, shape).astype("<f4")
        if "LayerNorm" in name or "layer_norm" in name:
            values = np.full(shape, 1.0 if name.endswith("weight") else 0.0, "<f4")
        header[name] = {
            "dtype": "F32",
            "shape": list(shape),
            "data_offsets": [offset, offset + values.nbytes],
        }
        offset += values.nbytes
        numbers.append(values.tobytes())
    head = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + b"".join(numbers))


def write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def _tokenizer(real: Path, folder: Path, kind: str) -> None:
    for name in ("tokenizer.json", "vocab.txt"):
        shutil.copy(real / name, folder / name)
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": kind, "model_max_length": WINDOW})


def cross_encoder(real: Path, folder: Path, labels: int = 1) -> Path:
    """A BERT with `labels` outputs, in the plain form older cross-encoders have (no modules.json)."""
    folder.mkdir(parents=True)
    _tokenizer(real, folder, "BertTokenizer")
    config = {
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        "hidden_size": WIDTH,
        "intermediate_size": WIDTH,
        "num_attention_heads": 4,
        "num_hidden_layers": LAYERS,
        "max_position_embeddings": WINDOW,
        "vocab_size": VOCABULARY,
        "type_vocab_size": 2,
        "id2label": {str(label): f"LABEL_{label}" for label in range(labels)},
    }
    write_json(folder / "config.json", config)
    square, line = (WIDTH, WIDTH), (WIDTH,)
    tensors: dict[str, tuple[int, ...]] = {
        "bert.embeddings.word_embeddings.weight": (VOCABULARY, WIDTH),
        "bert.embeddings.position_embeddings.weight": (WINDOW, WIDTH),
        "bert.embeddings.token_type_embeddings.weight": (2, WIDTH),
        "bert.embeddings.LayerNorm.weight": line,
        "bert.embeddings.LayerNorm.bias": line,
        "bert.pooler.dense.weight": square,
        "bert.pooler.dense.bias": line,
        "classifier.weight": (labels, WIDTH),
        "classifier.bias": (labels,),
    }
    for layer in range(LAYERS):
        for part in ("attention.self.query", "attention.self.key", "attention.self.value",
                     "attention.output.dense", "intermediate.dense", "output.dense"):  # fmt: skip
            tensors[f"bert.encoder.layer.{layer}.{part}.weight"] = square
            tensors[f"bert.encoder.layer.{layer}.{part}.bias"] = line
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            tensors[f"bert.encoder.layer.{layer}.{part}.weight"] = line
            tensors[f"bert.encoder.layer.{layer}.{part}.bias"] = line
    write_safetensors(folder / "model.safetensors", tensors)
    return folder


def encoder(real: Path, folder: Path) -> Path:
    """A DistilBERT, one folder further down: no token types, CLS pooling, prompts, no normalisation."""
    inner = folder / "0_Transformer"
    inner.mkdir(parents=True)
    _tokenizer(real, inner, "DistilBertTokenizer")
    config = {
        "architectures": ["DistilBertModel"],
        "model_type": "distilbert",
        "dim": WIDTH,
        "hidden_dim": WIDTH,
        "n_heads": 4,
        "n_layers": LAYERS,
        "max_position_embeddings": WINDOW,
        "vocab_size": VOCABULARY,
    }
    write_json(inner / "config.json", config)
    write_json(inner / "sentence_bert_config.json", {"max_seq_length": 48, "do_lower_case": False})
    square, line = (WIDTH, WIDTH), (WIDTH,)
    tensors: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (VOCABULARY, WIDTH),
        "embeddings.position_embeddings.weight": (WINDOW, WIDTH),
        "embeddings.LayerNorm.weight": line,
        "embeddings.LayerNorm.bias": line,
    }
    for layer in range(LAYERS):
        for part in ("attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin",
                     "ffn.lin1", "ffn.lin2"):  # fmt: skip
            tensors[f"transformer.layer.{layer}.{part}.weight"] = square
            tensors[f"transformer.layer.{layer}.{part}.bias"] = line
        for part in ("sa_layer_norm", "output_layer_norm"):
            tensors[f"transformer.layer.{layer}.{part}.weight"] = line
            tensors[f"transformer.layer.{layer}.{part}.bias"] = line
    write_safetensors(inner / "model.safetensors", tensors)
    modules = [("0_Transformer", "Transformer"), ("1_Pooling", "Pooling")]
    write_json(
        folder / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
    )
    pooling = {
        "word_embedding_dimension": WIDTH,
        "pooling_mode_cls_token": True,
        "pooling_mode_mean_tokens": False,
    }
    write_json(folder / "1_Pooling/config.json", pooling)
    write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": "question: ", "passage": "passage: "}, "default_prompt_name": None},
    )
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# A model\n")
    return folder

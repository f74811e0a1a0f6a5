"""What a folder offered as a model says of itself, read from its small files before anything heavy starts.

The layout is that of sentence-transformers: `modules.json` names the steps (a transformer, a pooling, perhaps
a normalisation), each with a configuration of its own; a cross-encoder is a transformer with one output.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_desktop.errors import ModelRefused, PathNotFound
from qa_desktop.models.spec import Pooling, Role

# ONNX keeps a graph in one protocol-buffers message, which ends at 2 GiB; some room is for the graph itself.
LARGEST_WEIGHTS = 1_900_000_000

_MULTILINGUAL = 200_000  # word pieces; models of one language have 30,000 to 130,000

_POOLINGS: dict[str, Pooling] = {
    "cls": "cls",
    "cls_token": "cls",
    "mean": "mean",
    "mean_tokens": "mean",
    "mean_sqrt_len_tokens": "mean",  # the same direction, and only that counts at unit length
    "max": "max",
    "max_tokens": "max",
    "lasttoken": "last",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A folder that may become a model; `transformer` is where its weights and tokenizer lie.

    `languages` are the ISO 639-1 codes of those it says it was trained for, or "all".
    """

    folder: Path
    transformer: Path
    role: Role
    pooling: Pooling
    question_prefix: str
    passage_prefix: str
    licence: str
    languages: tuple[str, ...] = ("en",)


def examine(folder: Path) -> Candidate:
    """Read the configuration of `folder`.

    Raises `PathNotFound`, and `ModelRefused` for a folder that is no model of the kinds this program can use.
    """
    if not folder.is_dir():
        raise PathNotFound(folder)
    own = _json(folder / "config_sentence_transformers.json") or {}
    modules = _json(folder / "modules.json")
    steps = [(str(step["type"]).rsplit(".", 1)[-1], folder / step["path"]) for step in modules or ()]
    transformer = next((path for kind, path in steps if kind == "Transformer"), folder)
    config = _json(transformer / "config.json")
    if config is None:
        raise refused("It holds no config.json, so it is not a model in the format of sentence-transformers.")
    _check_weights(transformer, config)
    role = _role(own, modules, config)
    prompts = own.get("prompts") or {}
    default = prompts.get(own.get("default_prompt_name")) or ""
    encodes = role == "encoder"
    return Candidate(
        folder=folder,
        transformer=transformer,
        role=role,
        pooling=_pooling(steps) if encodes else "none",
        question_prefix=(prompts.get("query") or default) if encodes else "",
        passage_prefix=_passage_prompt(prompts, default) if encodes else "",
        licence=_licence(folder),
        languages=languages_of(_card(folder), config),
    )


def refused(explanation: str, details: str = "") -> ModelRefused:
    """Return the error for a folder that cannot be used, with the reason in words."""
    return ModelRefused(
        "This folder cannot be added as a model",
        explanation,
        "Choose the folder of a sentence-transformers encoder or cross-encoder that comes with its weights.",
        details,
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise refused(f"The file “{path.name}” in it cannot be read.", str(error)) from error


def _check_weights(folder: Path, config: dict[str, Any]) -> None:
    if "auto_map" in config:
        raise refused("It can only be run with program code of its own, and code from a model is not run.")
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        if list(folder.glob("*.bin")) or list(folder.glob("*.pt")):
            raise refused(
                "Its weights are in a format that can carry program code (pickle). "
                "Save it again as safetensors, with sentence-transformers on a computer you trust it on."
            )
        raise refused("It holds no weights (model.safetensors).")
    if sum(path.stat().st_size for path in weights) > LARGEST_WEIGHTS:
        raise refused(
            "Its weights are larger than 1.9 GB, which is more than the format ONNX keeps in one file."
        )


def _role(own: dict[str, Any], modules: Any, config: dict[str, Any]) -> Role:
    kind = own.get("model_type") or ("SentenceTransformer" if modules else "")
    classifies = any(
        str(name).endswith("ForSequenceClassification") for name in config.get("architectures") or ()
    )
    if kind == "CrossEncoder" or (not kind and classifies):
        labels = len(config.get("id2label") or ()) or config.get("num_labels", 1)
        if not classifies or labels != 1:
            raise refused(
                "It is a classifier that does not give exactly one number for a question and a passage."
            )
        return "cross-encoder"
    if kind == "SentenceTransformer":
        return "encoder"
    if kind:
        raise refused(f"It is a model of the kind “{kind}”; only encoders and cross-encoders can be added.")
    raise refused(
        "It is a bare transformer: nothing says how its token vectors become one vector (modules.json)."
    )


def _pooling(steps: list[tuple[str, Path]]) -> Pooling:
    kinds = [kind for kind, _ in steps]
    unknown = [kind for kind in kinds if kind not in ("Transformer", "Pooling", "Normalize")]
    if unknown:
        raise refused(
            f"After its transformer it has a step of the kind “{unknown[0]}”, "
            "which this program cannot carry out."
        )
    if kinds[:2] != ["Transformer", "Pooling"]:
        raise refused("Its steps do not begin with a transformer and a pooling.")
    config = _json(steps[1][1] / "config.json") or {}
    named = config.get("pooling_mode")
    prefix = "pooling_mode_"
    modes = (
        ([named] if isinstance(named, str) else list(named))
        if named
        else [
            key.removeprefix(prefix)
            for key, value in config.items()
            if key.startswith(prefix) and value is True
        ]
    )
    if len(modes) != 1 or modes[0] not in _POOLINGS:
        raise refused(
            f"Its pooling ({', '.join(modes) or 'none named'}) is not one this program can carry out."
        )
    if config.get("include_prompt") is False:
        raise refused("It leaves its prompt out of the pooling, which this program cannot do.")
    return _POOLINGS[modes[0]]


def _passage_prompt(prompts: dict[str, str | None], default: str) -> str:
    # The names, and their order, by which sentence-transformers looks for it in encode_document.
    return next(
        (prompts[name] or "" for name in ("document", "passage", "corpus") if name in prompts), default
    )


def languages_of(card: str, config: dict[str, Any]) -> tuple[str, ...]:
    """Return the languages that a model's card names (ISO 639-1), "all" for many, English where it is silent.

    Where a card says nothing, a vocabulary as large as only multilingual models have one says "all".
    """
    match = re.search(r"^language:[ \t]*(\[[^\]]*\]|[^\n]+|(?:\n[ \t]*-[^\n]*)+)", card, re.MULTILINE)
    named = re.findall(r"[a-z]{2,}", match[1].lower()) if match else []
    if "multilingual" in named or (not named and _size(config) >= _MULTILINGUAL):
        return ("all",)
    return tuple(dict.fromkeys(name for name in named if len(name) == 2)) or ("en",)


def _size(config: dict[str, Any]) -> int:
    size = config.get("vocab_size")
    return size if isinstance(size, int) else 0


def _licence(folder: Path) -> str:
    match = re.search(r"^license:[ \t]*[\"']?([\w .+-]+)", _card(folder), re.MULTILINE)
    return match[1].strip() if match else ""


def _card(folder: Path) -> str:
    """Return the facts at the head of a model's card, '' where it has none."""
    try:
        head = (folder / "README.md").read_text(encoding="utf-8", errors="replace")[:4000]
    except OSError:
        return ""
    return head[3:].split("\n---", 1)[0] if head.startswith("---") else ""

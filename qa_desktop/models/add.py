"""Take in a sentence-transformers model: write it down as an ONNX graph, prove it, register it.

The graph must compute what sentence-transformers computes.  Then weights of 8 bits are tried, a quarter of
the size and two to three times as fast; they are kept only where they keep the model's order (`prove`).
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from qa_desktop.errors import ModelRefused, is_disk_full
from qa_desktop.models import prove, registry
from qa_desktop.models.candidate import Candidate, examine, refused
from qa_desktop.models.encoder import Vectors
from qa_desktop.models.export import write_json
from qa_desktop.models.onnx import OnnxCrossEncoder, OnnxEncoder
from qa_desktop.models.samples import PASSAGES, QUESTIONS
from qa_desktop.models.spec import ModelSpec, file_sha256
from qa_desktop.models.workshop import Workshop
from qa_desktop.progress import CancelToken, Progress, Report, ignore

_STEPS = ("load", "export", "compare", "shrink", "write")
_SMALLER = "onnx/model_int8.onnx"
_CROSS_QUESTIONS = (
    10  # a cross-encoder reads every pair: 10 questions with 20 passages are enough to judge it
)


@dataclass(frozen=True, slots=True)
class _Results:
    """What a model made of the samples: everything, flat, for equality; the score matrix for order."""

    numbers: Vectors
    scores: Vectors


def add_model(
    folder: Path,
    report: Report = ignore,
    cancel: CancelToken | None = None,
    name: str | None = None,
    workshop: Workshop | None = None,
    languages: tuple[str, ...] = (),
) -> ModelSpec:
    """Add the encoder or cross-encoder in `folder`, in the format of sentence-transformers; return it.

    `name` is what it will be called; by default, what the folder is called.  `languages` are those it was
    trained for (ISO 639-1, or "all"); by default, those its card names.  The folder itself is only read.
    `workshop` is one that runs already and shall go on running; by default, one is started and ended.
    Takes about a quarter of a minute for a small model, in a process of its own that is ended by `cancel`; a
    model is added wholly or not at all.

    Raises `PathNotFound`, `ModelRefused`, `WorkshopError`, `ModelListInvalid`, `Cancelled`.
    """
    cancel = cancel or CancelToken()
    candidate = examine(folder)
    if languages:
        candidate = replace(candidate, languages=languages)
    name = _free_name(name or _name_of(folder))
    shelf = registry.user_folder()
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=shelf) as temporary:
            draft = Path(temporary) / name
            draft.mkdir()
            with nullcontext(workshop) if workshop else Workshop() as process:
                spec = _prepare(process, candidate, draft, report, cancel)
            _say(report, "write")
            cancel.check()
            home = shelf / name
            if home.exists():  # left behind: no list names it
                shutil.rmtree(home)
            draft.replace(home)
        spec = replace(spec, folder=home)
        registry.register(spec)
    except OSError as error:
        full = "there is no space left." if is_disk_full(error) else "it does not allow that."
        raise ModelRefused(
            "The model could not be stored",
            f"Writing to the folder “{shelf}” failed: {full}",
            "Make room there, or see to it that you may write there, then add the model again.",
            str(error),
        ) from error
    return spec


def remove_model(name: str) -> None:
    """Take a model the user added out of the list and delete its folder.

    Raises `ModelUnknown`, `ModelListInvalid`, and `ModelRefused` for a shipped model.
    """
    spec = registry.find(name)
    if spec.folder.parent != registry.user_folder():
        raise ModelRefused(
            "This model cannot be removed",
            f"“{name}” belongs to QA Desktop itself.",
            "Only models that were added can be removed.",
        )
    registry.unregister(name)
    shutil.rmtree(spec.folder, ignore_errors=True)


def _prepare(
    workshop: Workshop, candidate: Candidate, draft: Path, report: Report, cancel: CancelToken
) -> ModelSpec:
    def ask(command: str, **values: Any) -> Any:
        return workshop.ask(command, cancel, **values)

    _say(report, "load")
    opened, _ = ask("open", folder=str(candidate.folder.resolve()), role=candidate.role, backend="torch")
    _say(report, "export")
    ask("export", model=opened["model"], role=candidate.role, draft=str(draft))
    spec = ModelSpec(
        name=draft.name,
        role=candidate.role,
        folder=draft,
        files={},
        dimension=opened["dimension"],
        max_tokens=opened["max_tokens"],
        pooling=candidate.pooling,
        question_prefix=candidate.question_prefix,
        passage_prefix=candidate.passage_prefix,
        licence=candidate.licence,
        languages=candidate.languages,
        source=candidate.folder.name,
    )
    _write_configuration(spec)
    if not (draft / "tokenizer.json").is_file():
        raise refused("Its tokenizer has no fast form (tokenizer.json).")
    _say(report, "compare")
    original = _by_workshop(spec, lambda command, **values: ask(command, model=opened["model"], **values))
    full = _by_onnx(spec, cancel)
    off = prove.difference(original.numbers, full.numbers)
    limit = prove.SAME_VECTORS if spec.role == "encoder" else prove.SAME_LOGITS * _scale(original.numbers)
    if off > limit:
        raise refused(
            "Run without sentence-transformers, it does not give the same results.",
            f"largest difference {off:.2e}, allowed {limit:.0e}",
        )
    _say(report, "shrink")
    ask("quantise", source=str(spec.graph_path), target=str(draft / _SMALLER))
    smaller = _by_onnx(replace(spec, graph=_SMALLER), cancel)
    if prove.quality(original.scores, smaller.scores).sufficient:
        (draft / _SMALLER).replace(spec.graph_path)
        spec = replace(spec, precision="int8")
    else:
        (draft / _SMALLER).unlink()
    names = (path.relative_to(draft).as_posix() for path in sorted(draft.rglob("*")) if path.is_file())
    return replace(spec, files={name: file_sha256(draft / name) for name in names})


def _by_workshop(spec: ModelSpec, ask: Callable[..., Any]) -> _Results:
    if spec.role == "encoder":
        questions = ask("encode", texts=list(QUESTIONS), prefix=spec.question_prefix)[1]
        return _encoded(questions, ask("encode", texts=list(PASSAGES), prefix=spec.passage_prefix)[1])
    return _scored(lambda question, texts: ask("score", question=question, texts=texts)[1])


def _by_onnx(spec: ModelSpec, cancel: CancelToken) -> _Results:
    if spec.role == "encoder":
        encoder = OnnxEncoder(spec)
        try:
            questions = np.stack([encoder.encode_question(question) for question in QUESTIONS])
            return _encoded(questions, encoder.encode_passages(PASSAGES, cancel=cancel))
        finally:
            encoder.close()
    cross = OnnxCrossEncoder(spec)
    try:
        return _scored(cross.score)
    finally:
        cross.close()


def _encoded(questions: Vectors, passages: Vectors) -> _Results:
    return _Results(np.concatenate([questions, passages]), questions @ passages.T)


def _scored(score: Callable[[str, list[str]], Vectors]) -> _Results:
    count = len(QUESTIONS)
    texts = [*PASSAGES[:_CROSS_QUESTIONS], *PASSAGES[count : count + _CROSS_QUESTIONS]]
    scores: Vectors = np.stack([score(question, texts) for question in QUESTIONS[:_CROSS_QUESTIONS]])
    odd = score(QUESTIONS[-1], list(PASSAGES[2 * count :]))
    return _Results(np.concatenate([scores.ravel(), odd]), scores)


def _scale(logits: Vectors) -> float:
    return max(1.0, float(np.abs(logits).max(initial=0.0)))


def _write_configuration(spec: ModelSpec) -> None:
    """Make the draft a folder that sentence-transformers itself can open (backend "onnx")."""
    if spec.role == "cross-encoder":
        return  # a transformer's own configuration is all there is to it
    steps = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    modules = [
        {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for index, (path, kind) in enumerate(steps)
    ]
    modes = {"cls_token": "cls", "mean_tokens": "mean", "max_tokens": "max", "lasttoken": "last"}
    pooling: dict[str, object] = {f"pooling_mode_{key}": spec.pooling == mode for key, mode in modes.items()}
    write_json(spec.folder / "modules.json", modules)
    write_json(spec.folder / "1_Pooling/config.json", {"word_embedding_dimension": spec.dimension, **pooling})
    write_json(
        spec.folder / "sentence_bert_config.json", {"max_seq_length": spec.max_tokens, "do_lower_case": False}
    )
    prompts = {"query": spec.question_prefix, "document": spec.passage_prefix}
    write_json(spec.folder / "config_sentence_transformers.json", {"prompts": prompts})


def _name_of(folder: Path) -> str:
    folder = folder.resolve()
    if folder.parent.name == "snapshots":  # a download cache: models--organisation--name/snapshots/revision
        return folder.parent.parent.name.rsplit("--", 1)[-1]
    return folder.parent.name if folder.name in {"model", "onnx"} else folder.name


def _free_name(name: str) -> str:
    name = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "model"
    if name in {spec.name for spec in registry.installed()}:
        raise ModelRefused(
            f"There is a model “{name}” already",
            "Libraries that were built with it could no longer be searched if another took its name.",
            "Give the new model another name.",
        )
    return name


def _say(report: Report, step: str) -> None:
    report(Progress(step, _STEPS.index(step), len(_STEPS), unit="steps"))

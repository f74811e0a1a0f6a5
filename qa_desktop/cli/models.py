"""models: list, check, add."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from qa_desktop.cli import progress
from qa_desktop.cli.options import cancellable, json_option
from qa_desktop.cli.text import plain, wrapped
from qa_desktop.errors import QAError, UsageError
from qa_desktop.models import registry
from qa_desktop.models.spec import ModelSpec


@click.group(invoke_without_command=True, short_help="List, check or add models.")
@json_option
@click.pass_context
def models(context: click.Context, *, as_json: bool) -> int:
    """Say which models there are, whether they are sound, or add one."""
    if context.invoked_subcommand is None:
        return int(context.invoke(list_models, as_json=as_json))
    return 0


@models.command("list")
@json_option
def list_models(*, as_json: bool) -> int:
    """List the models at hand, and whether they are sound; those marked * are used by default."""
    known = [(spec, _problem_of(spec)) for spec in registry.installed()]
    if as_json:
        found = [{**_facts(spec), "sound": not problem} for spec, problem in known]
        click.echo(json.dumps({"models": found}, ensure_ascii=False))
        return 0
    for spec, problem in known:
        mark, state = "*" if spec.default else " ", "NOT SOUND" if problem else "sound"
        line = f"{mark} {spec.name:<32} {spec.role:<17} {spec.precision:<5} {spec.licence:<11} {state}"
        click.echo(plain(line))
    return 0


@models.command("check")
@json_option
def check_models(*, as_json: bool) -> int:
    """Compare every model file with its SHA-256; the exit status is 1 if one is missing or altered."""
    known = [(spec, _problem_of(spec)) for spec in registry.installed()]
    found = [{"name": spec.name, "sound": not problem, "problem": problem} for spec, problem in known]
    if as_json:
        click.echo(json.dumps({"models": found}, ensure_ascii=False))
    else:
        for model in found:
            words = "sound" if model["sound"] else f"not sound: {model['problem']}"
            click.echo(wrapped(f"{model['name']}: {words}", "    ", ""))
    return 0 if all(model["sound"] for model in found) else 1


@models.command("add")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--languages",
    metavar="CODES",
    help="The languages it was trained for: en,de,sr or all; by default those its card names.",
)
@json_option
def add_a_model(*, folder: Path, languages: str | None, as_json: bool) -> int:
    """Take in a sentence-transformers model from a FOLDER.

    It is exported, tried with smaller weights, proven against sentence-transformers on sample texts, and
    entered in the list of models.  This needs the extra: pip install 'qa-desktop[models]'.
    """
    from qa_desktop.models.add import add_model  # noqa: PLC0415 -- it needs an extra

    with cancellable() as cancel, progress.shown() as report:
        spec = add_model(folder, report, cancel, languages=_codes(languages or ""))
    if as_json:
        click.echo(json.dumps({"model": _facts(spec)}, ensure_ascii=False))
    else:
        click.echo(plain(f"Added {spec.name} ({spec.role}, {spec.precision})."))
        if spec.role == "encoder":
            click.echo(
                plain(f"qa-desktop add PATH --library DIR --model {spec.name} builds a library with it.")
            )
    return 0


def _codes(text: str) -> tuple[str, ...]:
    """Return the language codes of "en,de" (or "all"); raise UsageError for what is none."""
    codes = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", text.lower())))
    if wrong := [code for code in codes if code != "all" and not re.fullmatch("[a-z]{2}", code)]:
        raise UsageError(
            f"“{wrong[0]}” is not the code of a language",
            "Languages are named by the two letters of ISO 639-1.",
            "Write for example: --languages en,de,sr, or --languages all.",
        )
    return codes


def _problem_of(spec: ModelSpec) -> str:
    try:
        registry.verify(spec)
    except QAError as error:
        return f"{error.title}. {error.explanation}"
    return ""


def _facts(spec: ModelSpec) -> dict[str, object]:
    return {
        "name": spec.name,
        "role": spec.role,
        "folder": str(spec.folder),
        "precision": spec.precision,
        "dimension": spec.dimension,
        "max_tokens": spec.max_tokens,
        "licence": spec.licence,
        "source": spec.source,
        "languages": list(spec.languages),
        "sha256": spec.model_sha256,
        "default": spec.default,
    }

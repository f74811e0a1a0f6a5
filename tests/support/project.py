"""The project's own files, as tests about the project see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("qa_desktop", "tests", "benchmarks", "packaging", "corpus", "index")
TEXT = {".py", ".toml", ".md", ".txt", ".jsonl", ".spec", ".svg", ".html", ".eml", ".yml", ".yaml", ""}
MADE = {".git", ".venv", ".venv-test", "build", "dist", "demonstration"}  # by set-up and builds


def modules(*folders: str) -> Iterator[Path]:
    """Yield the Python modules below these folders of the project (all of CODE if none is named)."""
    for folder in folders or CODE:
        yield from sorted(
            p for p in (ROOT / folder).rglob("*.py") if not MADE & set(p.relative_to(ROOT).parts)
        )


def text_files() -> Iterator[Path]:
    """Yield every text file that belongs to the project."""
    for top in sorted(ROOT.iterdir()):
        if top.name in MADE or (top.name.startswith(".") and top.name not in {".ci", ".gitignore"}):
            continue
        paths = [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file())
        for path in paths:
            parts = set(path.relative_to(ROOT).parts)
            if (
                path.suffix in TEXT
                and not MADE & parts
                and not any(p.startswith(".") for p in parts - {".ci"})
            ):
                yield path

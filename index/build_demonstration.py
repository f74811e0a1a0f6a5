"""Build the demonstration library, index/demonstration, by the recipe beside this file.

    python index/build_demonstration.py [--out FOLDER]

An older one is replaced only when the new one is complete.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sqlite3
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Final

from qa_desktop import confine
from qa_desktop.errors import QAError
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.indexing.report import AddReport
from qa_desktop.library import Library

HERE: Final = Path(__file__).resolve().parent
NOWHERE: Final = "/demonstration/documents"  # no place on any computer


def build(out: Path) -> AddReport:
    """Build the library at `out`; raise SystemExit where the result is not what the recipe says."""
    recipe = tomllib.loads((HERE / "recipe.toml").read_text("utf-8"))
    if recipe["passages"] != Recipe().as_dict():
        raise SystemExit(f"index/recipe.toml differs from the program's own recipe, {Recipe().as_dict()}.")
    out.parent.mkdir(parents=True, exist_ok=True)
    # Beside the old one, at the same depth: the library remembers the way from its folder to the documents.
    new = Path(tempfile.mkdtemp(dir=out.parent, prefix=".building-"))
    try:
        with Library.open(new, create=True, encoder=recipe["library"]["encoder"]) as library:
            report = library.add([HERE.parent / recipe["library"]["documents"]])
        unread = {f.name: f.problems[0].reason for f in report.of("failed", "partial")}
        if unread != recipe["unreadable"]:
            raise SystemExit(f"Not read: {unread}; the recipe expects {recipe['unreadable']}.")
        forget_this_computer(new)
        new.chmod(0o755)  # mkdtemp makes it private; other users of the computer may run the program
        shutil.rmtree(out, ignore_errors=True)
        new.rename(out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return report


def forget_this_computer(folder: Path) -> None:
    """Leave only the way from the library to its documents, which is the same wherever it is installed."""
    with contextlib.closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as database:
        ((here,),) = database.execute("SELECT path FROM sources").fetchall()
        database.execute("UPDATE sources SET path = ?", (NOWHERE,))
        database.execute("UPDATE documents SET path = ? || substr(path, ?)", (NOWHERE, len(here) + 1))
        database.execute("VACUUM")  # what was overwritten would still stand in the file


def main() -> int:
    """Read the command line, build, and say what was built; 3 with a sentence if it cannot be."""
    parser = argparse.ArgumentParser(description="Build the demonstration library.")
    parser.add_argument("--out", type=Path, default=HERE / "demonstration", help="folder of the library")
    out = parser.parse_args().out
    confine.silence_telemetry()
    confine.deny_network()
    try:
        report = build(out)
    except QAError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    passages = sum(f.passages for f in report.files)
    print(f"{out}: {len(report.files)} documents, {passages} passages, {report.seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

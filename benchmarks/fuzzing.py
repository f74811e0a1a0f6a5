"""Whether damaged files can do harm: thousands of them are read by the program's own reader, and some added.

    python -m benchmarks.fuzzing [FOLDER…] [--minutes 60] [--seed 1] [--out FOLDER] [--scans]

The folders (by default, the demonstration documents) hold files of many formats; each is damaged again and
again (`mutations`), the same way for the same seed.  A file is read in the reading worker with the program's
limits of memory, and of `--seconds` of time; every now and then the latest are added to a library that is
thrown away, which is then checked.

Harm is: an exception in the program; a reader that no longer reads; a worker above its memory; a file that
takes longer than the limits allow; a document whose text cannot be stored; a file written by a worker; a
library that is not sound.  Then the damaged file is kept in `--out` with a note of how it came about, and the
exit status is 1.  A worker that dies, runs out of memory or of time is no harm, but is counted.

Prints a table in Markdown, also after every ten minutes.
"""

from __future__ import annotations

import argparse
import faulthandler
import itertools
import json
import math
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.fuzzing_tally import Tally, Watch, print_tallies
from benchmarks.mutations import damaged
from qa_desktop import confine, paths
from qa_desktop.domain import Document, FileProblem
from qa_desktop.library import Library
from qa_desktop.reading.isolation.limits import MEGABYTE, Limits
from qa_desktop.reading.isolation.reader import Reader

LARGEST_SEED = 4_000_000  # bytes; damage in larger ones shows no more, and takes minutes to read
CONTROL = "The control document says that the bridge was opened in May.\n"
_SLOW = 8.0  # seconds; files that take longer are named
_CONTROL_EVERY = 20
_LIBRARY_EVERY = 60
_TABLE_EVERY = 600.0  # seconds
_HANGS_AFTER = 900.0  # seconds in which a read must have come to an end, whatever the file
_IN_LIBRARY = 20_000  # characters of a document that is also added to the library, which takes time to encode


class Harm(Exception):
    """A damaged file did what it must not."""


class Memory:
    """Remembers what was recognised in pictures, as a library does."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return what is kept."""
        return self._kept.get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep something."""
        self._kept[key] = value


@dataclass(slots=True)
class Fuzzing:
    """A run: what is read from, what reads, and what was found."""

    seeds: list[Path]
    seed: int
    place: Path
    reader: Reader
    limits: Limits
    watch: Watch
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    for_library: list[bytes] = field(default_factory=list)
    count: int = 0
    checks: int = 0

    def file(self, number: int) -> tuple[str, bytes, dict[str, object]]:
        """Return damaged file `number`, counted from 1: its name, its bytes, how they came about."""
        chance = random.Random(f"{self.seed}:{number}")  # noqa: S311 - damage, not secrets
        formats: dict[str, list[Path]] = defaultdict(list)
        for path in self.seeds:
            formats[path.suffix.lower()].append(path)
        # A format of which there are many files is taken more often, but not as much more.
        weights = [math.sqrt(len(paths)) for paths in formats.values()]
        (paths,) = chance.choices(list(formats.values()), weights)
        path = chance.choice(paths)
        data, ways = damaged(path.read_bytes(), chance.choice(self.seeds).read_bytes(), chance)
        about = {"seed": self.seed, "number": number, "from": path.name, "ways": ways}
        return f"{number}{path.suffix.lower()}", data, about

    def read(self, name: str, data: bytes) -> None:
        """Read one damaged file; raise `Harm`."""
        folder = self.place / "file"
        path = folder / name
        path.write_bytes(data)
        self.watch.taken()
        faulthandler.dump_traceback_later(_HANGS_AFTER, exit=True)
        began = time.monotonic()
        outcome = self.reader.read(path)
        seconds = time.monotonic() - began
        faulthandler.cancel_dump_traceback_later()
        most, workers = self.watch.taken()
        tally = self.tallies[path.suffix]
        tally.outcomes[outcome_of(outcome)] += 1
        tally.restarts += max(0, workers - 1)
        tally.slowest, tally.largest = max(tally.slowest, seconds), max(tally.largest, most)
        if seconds > _SLOW or most > self.limits.memory / 2:
            print(f"{name}: {seconds:.1f} s, {most // MEGABYTE} MB, {outcome_of(outcome)}", flush=True)
        self.count += 1
        if path.read_bytes() != data or [p.name for p in folder.iterdir()] != [name]:
            raise Harm("the file or its folder was changed")
        path.unlink()
        if most > 1.1 * self.limits.memory:
            raise Harm(f"a worker held {most // MEGABYTE} MB")
        if isinstance(outcome, Document):
            self._look_at(outcome)
            if len(self.for_library) < 6 and 0 < characters(outcome) < _IN_LIBRARY and data[:4] != b"%PDF":
                self.for_library.append(data)
        if self.count % _CONTROL_EVERY == 0:
            self._control()
        if self.count % _LIBRARY_EVERY == 0:
            self._library()

    def _look_at(self, document: Document) -> None:
        """Make sure that a document can be stored and shown."""
        for page in document.pages:
            page.text.encode("utf-8")
        for words in (document.title, document.author, document.place, document.engine):
            words.encode("utf-8")
        for part in document.parts:
            if isinstance(part.outcome, Document):
                self._look_at(part.outcome)

    def _control(self) -> None:
        """Make sure that the reader still reads, and that nobody wrote where users keep things."""
        path = self.place / "control.txt"
        path.write_text(CONTROL, "utf-8")
        outcome = self.reader.read(path)
        if not isinstance(outcome, Document) or outcome.pages[0].text != CONTROL:
            raise Harm(f"the reader no longer reads: {outcome}")
        written = [p for name in ("home", "temporary") for p in (self.place / name).rglob("*")]
        if written:
            raise Harm(f"files were written: {written[:5]}")

    def _library(self) -> None:
        """Add what was read to a library, and make sure that it is sound and has lost nothing."""
        folder = self.place / "documents"
        folder.mkdir(exist_ok=True)
        (folder / "control.txt").write_text(CONTROL, "utf-8")
        for number, data in enumerate(self.for_library):
            (folder / f"damaged {number}").write_bytes(data)
        self.for_library.clear()
        with Library.open(self.place / "library", create=True) as library:
            library.add([folder])
            unsound = [c.part for c in library.check() if c.state == "not sound"]
            control = [d for d in library.documents() if d.name == "control.txt"]
            kept = bool(control) and library.pages(control[0].id)[0].text == CONTROL
        if unsound or not kept:
            raise Harm(f"the library is not sound: {unsound or 'it lost a document'}")
        self.checks += 1

    def table(self) -> None:
        """Print what was found until now."""
        print_tallies(self.tallies)
        print(f"\nLibrary added to and checked {self.checks} times.\n", flush=True)


def outcome_of(outcome: Document | FileProblem) -> str:
    """Return "read", "in part" or the reason code."""
    if isinstance(outcome, FileProblem):
        return outcome.reason
    return "in part" if outcome.problems else "read"


def characters(document: Document) -> int:
    """Return how much text a document and those in it have."""
    inside = (characters(p.outcome) for p in document.parts if isinstance(p.outcome, Document))
    return sum(len(page.text) for page in document.pages) + sum(inside)


def main() -> int:
    """Read the command line, damage and read until the time is over; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seconds", type=float, default=20.0, help="that one file may take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, help="only the damaged file of this number, which is kept")
    parser.add_argument("--out", type=Path, default=Path("build/fuzzing"), help="folder for what did harm")
    parser.add_argument("--scans", action="store_true", help="recognise text in pictures, which is slow")
    wish = parser.parse_args()
    files = [
        path
        for folder in wish.folders or [paths.demonstration_documents()]
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    seeds = [path for path in files if 0 < path.stat().st_size <= LARGEST_SEED]
    if not seeds:
        parser.error("no files there")
    confine.silence_telemetry()
    confine.deny_network()
    with tempfile.TemporaryDirectory() as name:
        return run(seeds, wish, Path(name))


def run(seeds: list[Path], wish: argparse.Namespace, place: Path) -> int:
    """Fuzz below the folder `place`; return the exit status."""
    for name in ("file", "home", "temporary"):
        (place / name).mkdir()
    os.environ.update(HOME=str(place / "home"), TMPDIR=str(place / "temporary"))
    memory = Limits.for_scans(recognised=wish.scans).memory
    limits = Limits(memory=memory, seconds=wish.seconds, seconds_per_step=wish.seconds, seconds_for_parts=120)
    began = printed = time.monotonic()
    about: dict[str, object] = {}
    data = b""
    with Watch() as watch, Reader(limits, Memory() if wish.scans else None) as reader:
        fuzzing = Fuzzing(seeds, wish.seed, place, reader, limits, watch)
        try:
            for number in [wish.number] if wish.number else itertools.count(1):
                name, data, about = fuzzing.file(number)
                fuzzing.read(name, data)
                now = time.monotonic()
                if now - began > 60 * wish.minutes:
                    break
                if now - printed > _TABLE_EVERY:
                    printed = now
                    print(f"after {(now - began) / 60:.0f} minutes", flush=True)
                    fuzzing.table()
            if wish.number:
                keep(wish.out, data, about)
        except Exception as error:  # noqa: BLE001 - whatever the program raises over a file is what is looked for
            words = f"{type(error).__name__}: {error}"
            fuzzing.table()
            print(f"HARM: {words}\n{json.dumps(about)}", flush=True)
            keep(wish.out, data, {**about, "harm": words})
            return 1
        fuzzing.table()
    print(
        f"No harm in {fuzzing.count} files, {(time.monotonic() - began) / 60:.0f} minutes, seed {wish.seed}."
    )
    return 0


def keep(folder: Path, data: bytes, about: dict[str, object]) -> None:
    """Keep a damaged file, and beside it a note of how it came about."""
    folder.mkdir(parents=True, exist_ok=True)
    artefact = folder / f"seed {about['seed']} number {about['number']}"
    artefact.with_suffix(".bin").write_bytes(data)
    artefact.with_suffix(".json").write_text(json.dumps(about, indent=1), "utf-8")
    print(f"kept as {artefact}.bin", flush=True)


if __name__ == "__main__":
    sys.exit(main())

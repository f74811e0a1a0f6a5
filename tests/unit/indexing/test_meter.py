"""How far it is: by files, with pages where a file is long, and said when pictures are being looked at."""

from __future__ import annotations

import itertools
from pathlib import Path

from qa_desktop.indexing.compare import FoundFile
from qa_desktop.indexing.meter import Meter
from qa_desktop.indexing.store_sources import Source
from qa_desktop.progress import SCANNING, Progress

SOURCE = Source(1, Path("/papers"), folder=True)


def file(name: str, size: int = 10_000) -> FoundFile:
    return FoundFile(SOURCE, Path("/papers") / name, name, size, 0)


def test_a_long_file_tells_its_pages_and_a_scan_that_it_is_one() -> None:
    seen: list[Progress] = []
    files = [file("long.pdf"), file("mail.eml"), file("scan.pdf"), file("short.pdf")]
    meter = Meter(files, seen.append)
    meter.reading(files[0], Progress("reading", 5, 400, "long.pdf", "pages"))
    meter.has_read(files[0])
    meter.reading(files[1], Progress("reading", 2, 90, "report.pdf", "pages"))
    meter.has_read(files[1])
    meter.reading(files[2], Progress(SCANNING, 2, 40, "scan.pdf", "pages"))
    meter.reading(files[2], Progress(SCANNING, 40, 40, "scan.pdf", "pages"))
    meter.has_read(files[2])
    meter.reading(files[3], Progress("reading", 2, 3, "short.pdf", "pages"))
    assert [p.item for p in seen if not p.item.endswith("/4)")] == [
        "long.pdf (0/4), page 5 of 400",
        "mail.eml/report.pdf (1/4), page 2 of 90",
        "scan.pdf (2/4), reading scans: page 3 of 40",
        "scan.pdf (2/4), reading scans: page 40 of 40",
    ]
    assert seen[-1].item == "short.pdf (3/4)"


def test_it_never_goes_back_and_ends_at_the_end() -> None:
    seen: list[Progress] = []
    files = [file("mail.eml"), file("b.txt", 0)]
    meter = Meter(files, seen.append)
    for done in (1, 2, 3):
        meter.reading(files[0], Progress("reading", done, 3, "a.pdf", "pages"))
    meter.reading(files[0], Progress("reading", 1, 300, "b.pdf", "pages"))  # the next document inside it
    meter.has_read(files[0])
    meter.encoding(files[:1], 0.5)
    meter.has_read(files[1])
    meter.encoding(files[:1], 1)
    meter.encoding(files[1:], 1)
    assert all(one.done <= other.done for one, other in itertools.pairwise(seen))
    assert seen[-1].fraction == 1

"""Looks into pip's report of what installing torch would bring, and stops if that is a build for CUDA.

    python packaging/check_torch.py REPORT.json

Exit status 0: a build for the processor.  1: libraries for graphics cards would come along, gigabytes that
neither the program nor its tests use.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

GRAPHICS = ("nvidia-", "cuda-", "triton", "pytorch-triton")


def main(report: Path) -> int:
    """Name what should not come, or say nothing."""
    content = json.loads(report.read_text(encoding="utf-8"))
    versions = {item["metadata"]["name"].lower(): item["metadata"]["version"] for item in content["install"]}
    unwanted = sorted(name for name in versions if name.startswith(GRAPHICS))
    if "+cu" in versions.get("torch", "") or "+rocm" in versions.get("torch", ""):
        unwanted.insert(0, f"torch {versions['torch']}")
    if not unwanted:
        return 0
    print(
        "pip would install a build of torch for graphics cards, which is not wanted here "
        f"({', '.join(unwanted[:3])}{', …' if len(unwanted) > 3 else ''}).\n"
        "Point pip at PyTorch's builds for the processor, whose address PyTorch's own installation page\n"
        "names under “CPU”, and try again:\n"
        "    PIP_EXTRA_INDEX_URL=ADDRESS ./dev test\n"
        "or, with the wheel in a folder: PIP_FIND_LINKS=FOLDER ./dev test",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

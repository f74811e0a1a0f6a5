"""Write a zip archive that is the same, byte for byte, on every computer: stored, with one fixed time."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write_package(path: Path, parts: Mapping[str, str | bytes]) -> None:
    """Write `parts`, by their names in the archive, to `path`; text is stored as UTF-8."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, content.encode("utf-8") if isinstance(content, str) else content)

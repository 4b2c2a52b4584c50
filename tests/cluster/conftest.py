"""A cluster and small documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters import Cluster, cluster_of, files_of

from pipeline.convert import convert

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "docs"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster_of(2, tmp_path_factory.mktemp("dask")) as running:
        yield running


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of three communes, two of them with equal names, and one that cannot be read."""
    folder = tmp_path_factory.mktemp("documents")
    names = sorted(CORPUS.glob("*.txt"), key=lambda path: path.stat().st_size)[:8]
    for commune in ("xa-mot", "xa-hai", "xa-ba"):
        (folder / commune).mkdir()
        for path in names:
            (folder / commune / f"{commune}-{path.name}").write_bytes(path.read_bytes())
        (folder / commune / "ke-hoach.txt").write_bytes(names[0].read_bytes())
    (folder / "xa-mot" / "hong.docx").write_bytes(b"PK\x03\x04 cut off")
    return folder


@pytest.fixture(scope="module")
def by_one_machine(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the local engine makes of the documents."""
    folder = tmp_path_factory.mktemp("local")
    convert([documents], [f"{folder}/json/", f"{folder}/tasks.parquet/"], jobs=2)
    return files_of(folder)

"""Documents in an S3 bucket and on an SFTP server, results beside them: byte for byte what one machine makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import stores
from clusters import cluster_of, files_of
from fsspec.core import url_to_fs
from typer.testing import CliRunner

from pipeline import cli


@dataclass(frozen=True)
class Place:
    """A store with the documents in it, and a cluster whose workers reach it."""

    address: str
    scheduler: str

    @property
    def store(self) -> tuple[Any, str]:
        store, path = url_to_fs(self.address)
        store.invalidate_cache()
        return store, path

    def convert(self) -> tuple[int, str]:
        out = ["-o", f"{self.address}/out/json/", "-o", f"{self.address}/out/tasks.parquet/"]
        words = ["convert", f"{self.address}/in", *out, "--engine", "dask", "--scheduler", self.scheduler]
        result = CliRunner().invoke(cli.app, words)
        return result.exit_code, result.output

    def results(self, folder: Path) -> dict[str, bytes]:
        store, path = self.store
        store.get(f"{path}/out/", f"{folder}/", recursive=True)
        return files_of(folder)


@pytest.fixture(scope="module", params=[stores.s3, stores.sftp], ids=["s3", "sftp"])
def place(request: pytest.FixtureRequest, documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with request.param(tmp_path_factory.mktemp("store")) as address:
        store, path = url_to_fs(address)
        for found in documents.rglob("*.*"):
            inside = f"{path}/in/{found.relative_to(documents).as_posix()}"
            store.makedirs(inside.rpartition("/")[0], exist_ok=True)
            store.pipe_file(inside, found.read_bytes())
        with cluster_of(2, tmp_path_factory.mktemp("dask")) as cluster:
            yield Place(address, cluster.address)


def test_from_a_store_to_the_same_store(place: Place, by_one_machine: dict[str, bytes], tmp_path: Path) -> None:
    status, said = place.convert()
    assert status == 7, said  # one document is broken
    assert stores.PASSWORD not in said
    assert place.results(tmp_path / "first") == by_one_machine
    store, path = place.store
    kept = {name for name in store.find(f"{path}/out") if "/_dondoc/" in name}
    assert not [name for name in store.find(path) if name.endswith((".tmp", ".probe"))]
    # a second time: what was read is found, and the same comes of it
    assert place.convert()[0] == 7
    assert place.results(tmp_path / "second") == by_one_machine
    assert {name for name in place.store[0].find(f"{path}/out") if "/_dondoc/" in name} == kept


def test_a_file_is_written_over(place: Place) -> None:
    from pipeline.cluster.store import Folder

    folder = Folder(f"{place.address}/written")
    assert folder.names() == []
    assert folder.find("a/b.bin") is None
    for data in (b"first", b"second", b""):
        folder.put("a/b.bin", data)
        assert (folder.read("a/b.bin"), folder.names()) == (data, ["a/b.bin"])
    folder.put("a/b.bin", b"second")
    assert folder.read("a/b.bin", 1, 3) == b"ec"
    folder.remove(["a/b.bin"])
    assert folder.names() == []

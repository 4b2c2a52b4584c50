"""That many machines make what one makes, byte for byte, whoever dies on the way."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from clusters import Cluster, cluster_of, files_of

from pipeline import cluster as far
from pipeline.cluster import session
from pipeline.cluster.sources import Entry
from pipeline.errors import OutputError, UsageError
from pipeline.steps import Step
from pipeline.workers import Limits


def outputs(folder: Path) -> list[str]:
    return [f"{folder}/json/", f"{folder}/tasks.parquet/"]


def test_one_worker_killed_on_the_way(
    documents: Path, by_one_machine: dict[str, bytes], tmp_path: Path
) -> None:
    told: list[Step] = []
    with cluster_of(2, tmp_path) as cluster:

        def kill(step: Step) -> None:
            if not told:
                cluster.workers[0].kill()
            told.append(step)

        result = far.convert([documents], outputs(tmp_path), scheduler=cluster.address, progress=kill)
        assert cluster.workers[0].wait() != 0
        assert cluster.workers[1].poll() is None
    assert files_of(tmp_path) == by_one_machine
    assert len(by_one_machine) > 28  # each document and at least one table
    assert [step.done for step in told] == list(range(1, 29))
    assert told[0].total == 28  # when it fell, most was still to be done
    assert result.count("failed") == 1
    assert result.exit_status == 7
    assert result.tasks == sum(len(directive.tasks) for directive in result.directives) > 100


def test_a_second_run_reads_what_has_changed(
    cluster: Cluster, documents: Path, by_one_machine: dict[str, bytes], tmp_path: Path
) -> None:
    own = tmp_path / "documents"
    shutil.copytree(documents, own)
    first = far.convert([own], outputs(tmp_path), scheduler=cluster.address)
    assert files_of(tmp_path) == by_one_machine
    before = {path.name for path in tmp_path.rglob("_dondoc/*.json")}
    changed = own / "xa-ba" / "ke-hoach.txt"
    changed.write_bytes(max(own.rglob("*.txt"), key=lambda path: path.stat().st_size).read_bytes())
    second = far.convert([own], outputs(tmp_path), scheduler=cluster.address)
    after = {path.name for path in tmp_path.rglob("_dondoc/*.json")}
    assert len(before) > 2
    assert len(after - before) == 1  # the group of the document
    assert len(second.steps) == len(first.steps)
    differing = {name for name, data in files_of(tmp_path).items() if by_one_machine.get(name) != data}
    assert {name for name in differing if name.startswith("json/")} == {"json/ke-hoach.json"}
    assert any(name.startswith("tasks.parquet/") for name in differing)


def test_files_of_an_earlier_run_go(cluster: Cluster, documents: Path, tmp_path: Path) -> None:
    old = tmp_path / "tasks.parquet" / "province=lao-cai" / "month=1999-01" / "part-00000.parquet"
    notes = tmp_path / "tasks.parquet" / "ghi-chu.txt"
    old.parent.mkdir(parents=True)
    for path in (old, notes):
        path.write_bytes(b"mine")
    result = far.convert([documents / "xa-hai"], outputs(tmp_path), scheduler=cluster.address)
    assert not old.exists()
    assert notes.read_bytes() == b"mine"
    assert [note.code for written in result.outputs for note in written.notes] == ["replaced"]


def test_other_outputs_are_written_by_the_caller(cluster: Cluster, documents: Path, tmp_path: Path) -> None:
    from pipeline.convert import convert

    given = [documents / "xa-hai"]
    far.convert(given, [*outputs(tmp_path), tmp_path / "far.jsonl"], scheduler=cluster.address)
    convert(given, [tmp_path / "near.jsonl"])
    assert (tmp_path / "far.jsonl").read_bytes() == (tmp_path / "near.jsonl").read_bytes() != b""


def test_a_document_is_read_within_limits(cluster: Cluster, documents: Path, tmp_path: Path) -> None:
    limits = Limits(seconds=0.01)  # a process takes longer to start
    result = far.convert([documents / "xa-hai"], outputs(tmp_path), scheduler=cluster.address, limits=limits)
    codes = {error.code for step in result.steps for error in step.directive.errors}
    assert codes == {"time-limit"}
    assert result.exit_status == 1
    assert not list(tmp_path.glob("tasks.parquet/province*"))  # nothing was read: no empty table
    assert all(worker.poll() is None for worker in cluster.workers)
    # what failed of the machine is no result: the same call reads it
    again = far.convert([documents / "xa-hai"], outputs(tmp_path), scheduler=cluster.address)
    assert again.exit_status == 0


def test_rules_of_the_caller_reach_the_workers(cluster: Cluster, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "labels.yaml").write_text(
        "- {id: lead.contact, field: lead, pattern: 'cán bộ đầu mối', example: Cán bộ đầu mối, counter: Cán bộ}\n",
        encoding="utf-8",
    )
    plan = tmp_path / "kh.txt"
    plan.write_text(
        "KẾ HOẠCH\nII. NHIỆM VỤ\n1. Tổ chức hội nghị sơ kết trước ngày 20/11/2026.\nCán bộ đầu mối: Phòng Nội vụ.\n",
        encoding="utf-8",
    )
    leads = {}
    for name, folder in (("with", rules), ("without", None)):
        made = [f"{tmp_path}/{name}/"]
        result = far.convert([plan], made, scheduler=cluster.address, rules_dir=folder)
        leads[name] = [unit for directive in result.directives for task in directive.tasks for unit in task.lead]
    assert leads["with"] == ["Phòng Nội vụ"] != leads["without"]


def test_documents_that_no_worker_sees(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Entry("", str(tmp_path / "kh.txt"), 10, "1")
    monkeypatch.setattr(far, "expand", lambda *_: ([gone], []))
    with pytest.raises(OutputError, match="không thấy"):
        far.convert(["x"], outputs(tmp_path), scheduler=cluster.address)


def test_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "COMING", 1)
    with cluster_of(0, tmp_path) as empty, pytest.raises(UsageError, match=f"dask worker {empty.address}"):
        far.convert([tmp_path], outputs(tmp_path), scheduler=empty.address)


def test_the_scheduler_dies(documents: Path, tmp_path: Path) -> None:
    with cluster_of(1, tmp_path) as cluster:

        def kill(step: Step) -> None:
            cluster.scheduler.kill()

        with pytest.raises(OutputError, match="phần đã xong được giữ lại"):
            far.convert([documents], outputs(tmp_path), scheduler=cluster.address, progress=kill)
    assert list(tmp_path.rglob("_dondoc/*.json"))

"""`dondoc serve --rules`: the office's own rules read uploads, and what is typed."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from browsers import Clock, token
from offices import fill, plan
from openpyxl import load_workbook
from reviewing import database
from starlette.testclient import TestClient
from typer.testing import CliRunner

from pipeline import cli
from pipeline.errors import RuleError, UsageError
from pipeline.export.profiles.load import load
from pipeline.serve.app import create_app
from pipeline.serve.settings import Settings
from pipeline.store import files, overview, readings
from pipeline.store.address import parse
from pipeline.store.files import DONE

BODY = "Liên minh Sữa"
ENTRY = f"""- id: lien-minh-sua
  sort: centre
  names: [{BODY}]
  example: {BODY}
  counter: Sở Nội vụ
"""
PLAN = f"""ỦY BAN NHÂN DÂN
XÃ HÒA MỸ
Số: 12/KH-UBND
Hòa Mỹ, ngày 05 tháng 01 năm 2026
KẾ HOẠCH
Phát triển chăn nuôi năm 2026
I. NHIỆM VỤ
1. {BODY} chủ trì rà soát các hộ chăn nuôi bò sữa, hoàn thành trước ngày 30/6/2026.
"""


def unknown(rules: Path | None, tmp_path: Path) -> set[str]:
    """The names that a server reads in the plan and does not know."""
    settings = Settings(parse(f"sqlite:///{tmp_path / 'a.db'}"), now=Clock(), rules=rules)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8765") as client:
        sent = {"files": ("ke-hoach.txt", PLAN.encode())}
        client.post("/van-ban", data={"csrf": token(client, "/van-ban")}, files=sent)
        end = time.monotonic() + 60
        while files.queue(database(client))[0].state != DONE and time.monotonic() < end:
            time.sleep(0.05)
        (one,) = overview.documents(database(client))
        found = readings.of(database(client), one.id)
        assert found is not None and [task.lead for task in found.directive.tasks] == [(BODY,)]
        assert BODY in client.get("/xuat/tep", params={"dinh-dang": "csv"}).text
        hint = client.get(f"/van-ban/{one.id}/hieu", params={"o": "lead", "f-lead": BODY}).text
        units = {unit.name for task in found.directive.tasks for unit in task.units if unit.canonical is None}
        assert ("Danh mục chưa có" in hint) == bool(units)  # what is typed is read by the same rules
        return units


def test_the_rules_of_the_office_read_uploads(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "units.yaml").write_text(ENTRY, "utf-8")
    (tmp_path / "one").mkdir()
    assert unknown(None, tmp_path / "one") == {BODY}
    assert unknown(tmp_path / "rules", tmp_path) == set()


def test_a_file_is_read_again_by_other_rules(tmp_path: Path) -> None:
    """What was read before is told by the program and its rules; the same file sent again is then not “known”."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "units.yaml").write_text(ENTRY, "utf-8")
    assert unknown(None, tmp_path) == {BODY}
    assert unknown(tmp_path / "rules", tmp_path) == set()


def test_profiles_of_the_office_are_offered_and_written(tmp_path: Path) -> None:
    own = tmp_path / "rules" / "profiles"
    own.mkdir(parents=True)
    for name, title in (("so-cua-xa", "Sổ riêng của xã"), ("xa-6", "Bảng điều hành đã sửa")):  # the latter is shipped
        entry = f"title: {title}\nsheet: Việc\ncolumns:\n  - {{title: Việc của {name}, value: text, width: 60}}\n"
        (own / f"{name}.yaml").write_text(entry, "utf-8")
    settings = Settings(parse(f"sqlite:///{tmp_path / 'a.db'}"), now=Clock(), rules=tmp_path / "rules")
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8765") as client:
        fill(database(client), plan())
        page = client.get("/xuat").text
        assert "Sổ riêng của xã" in page and "Bảng điều hành đã sửa" in page
        assert load("xa-6", None).title not in page
        for name in ("so-cua-xa", "xa-6"):
            asked = {"dinh-dang": "xlsx", "mau": name, "da-xem": "1"}
            book = load_workbook(io.BytesIO(client.get("/xuat/tep", params=asked).content))
            heads, *rows = book["Việc"].iter_rows(values_only=True)
            assert heads == (f"Việc của {name}",)
            assert len(rows) == len(plan().tasks)


@pytest.mark.parametrize("rules", ["khong-co", "sai", "mau-sai"])
def test_a_wrong_folder_is_said_before_anything_is_served(rules: str, tmp_path: Path) -> None:
    (tmp_path / "sai").mkdir()
    (tmp_path / "sai" / "units.yaml").write_text("- id: x\n  sai: 1\n", "utf-8")
    (tmp_path / "mau-sai" / "profiles").mkdir(parents=True)
    (tmp_path / "mau-sai" / "profiles" / "mau-sai.yaml").write_text("title: Thiếu cột\n", "utf-8")
    with pytest.raises((UsageError, RuleError)):
        create_app(Settings(parse(f"sqlite:///{tmp_path / 'a.db'}"), rules=tmp_path / rules))
    call = ["serve", "--db", f"sqlite:///{tmp_path / 'a.db'}", "--port", "0", "--rules", str(tmp_path / rules)]
    done = CliRunner().invoke(cli.app, call)
    assert done.exit_code != 0 and rules in done.output

"""A directive made by hand: what the export tests write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.model import Box, Citation, Directive, Evidence, Meta, Milestone, Section, Task, UnitMention, Unplaced
from pipeline.model import Warning as Caution

TEXT = "Văn phòng Huyện ủy tham mưu báo cáo sơ kết, trình Thường trực trước ngày 20/11/2022."


def full_task() -> Task:
    """A task with every field filled."""
    return Task(
        id="0123456789ab",
        section="III.3",
        order=1,
        text=TEXT,
        kind="report",
        lead=("Văn phòng Huyện ủy", "Ban Tổ chức"),
        coordinating=("Ban Dân vận",),
        due=dt.date(2022, 11, 20),
        start=dt.date(2022, 11, 1),
        due_text="trước ngày 20/11/2022",
        due_precision="day",
        milestones=(Milestone("gửi dự thảo", dt.date(2022, 11, 10)),),
        cadence=("once", "annual"),
        report_to=("Thường trực Huyện ủy",),
        deliverable="báo cáo sơ kết",
        quantity=("100%", "ít nhất 02 cuộc"),
        related=("31-CT/TU",),
        units=(UnitMention("Văn phòng Huyện ủy", None, "lead"),),
        confidence=0.967,
        review=("several-leads", "not-a-known-code"),
        page=2,
        evidence={
            "lead": (Evidence(0, 18, 2, Box(72.04, 310.26, 180.4, 324.0), "subject"),),
            "due": (Evidence(62, 83, 2, None, "time.day"),),
        },
    )


@pytest.fixture
def make() -> Callable[..., Directive]:
    """Makes a directive with these tasks (one full task where none are given) and other fields as given."""

    def make(*tasks: Task, **fields: Any) -> Directive:
        given: dict[str, Any] = {
            "document": "KH 85.docx",
            "sha256": "ab" * 32,
            "media_type": "text/plain",
            "pages": 4,
            "status": "ok",
            "meta": Meta(
                type="kế hoạch",
                number="85-KH/HU",
                issuer="Huyện ủy Sông Trong",
                date=dt.date(2022, 11, 4),
                recipients=("Lưu VP",),
                cites=(Citation("31-CT/TU", dt.date(2020, 10, 9), None, None, 0, 1),),
                addressees=("Các chi bộ",),
                year=2022,
            ),
            "sections": (Section("III", "Tổ chức thực hiện", "implementation"),),
            "tasks": tasks or (full_task(),),
            "unplaced": (Unplaced("Nâng cao nhận thức.", "II", "no action verb"),),
            "text": TEXT,
            "warnings": (Caution("long-page", "Trang dài.", 3, detail="/somewhere/on/this/machine"),),
        }
        return Directive(**{**given, **fields})

    return make


@pytest.fixture
def task() -> Callable[..., Task]:
    """Makes a task with only these fields filled."""

    def task(**fields: Any) -> Task:
        return Task(**{"id": "0", "section": "", "order": 1, "text": "Rà soát hồ sơ.", **fields})

    return task

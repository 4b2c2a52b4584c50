"""Random histories of a tracker: whatever an officer does between conversions is there after each of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from officer import ACTS, Officer

from pipeline import export, ruleset
from pipeline.model import Directive, Meta, Task, Unplaced

RULES = ruleset.load()
HISTORIES, CHUNK = 320, 20
NOUNS = "hộ nghèo|đất đai|hồ sơ|dự án|trường học|trạm y tế|chợ|đường giao thông|ngân sách|thủy lợi".split("|")
VERBS = "Rà soát|Tổng hợp|Kiểm tra|Báo cáo|Xây dựng|Hoàn thiện|Phối hợp|Trình".split("|")


class Plans:
    """Documents that change from one conversion to the next."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.plans = [self._plan(number) for number in range(1, random.randint(2, 4))]

    def _plan(self, number: int) -> Directive:
        tasks = tuple(self._task(number, place) for place in range(self.random.randint(1, 6)))
        meta = Meta(type="kế hoạch", number=f"{number}-KH/ĐU", issuer="Đảng ủy xã Sông Trong",
                    date=dt.date(2026, 1, number))  # fmt: skip
        unplaced = (Unplaced("Nâng cao nhận thức.", "II", "no action verb"),)
        return Directive(
            f"KH {number}.docx", f"{number:02d}" * 32, "text/plain", 2, "ok", meta, tasks=tasks, unplaced=unplaced
        )

    def _task(self, number: int, place: int) -> Task:
        random = self.random
        text = f"{random.choice(VERBS)} {random.choice(NOUNS)} và {random.choice(NOUNS)} đợt {random.randint(1, 99)} tại thôn {place}"
        due = dt.date(2026, random.randint(1, 12), random.randint(1, 28)) if random.random() < 0.7 else None
        return self._named(number, Task(
            id="", section=f"II.{place}", order=place + 1, text=text, lead=(f"Phòng {random.choice(NOUNS)}",), due=due,
            due_text=due and f"trước ngày {due:%d/%m/%Y}", deliverable=random.choice([None, "báo cáo", "=1+1"]),
            kind=random.choice(["task", "task", "target"]), quantity=random.choice([(), ("100%",)]), confidence=0.5,
            review=random.choice([(), ("no-lead",)]), page=random.randint(1, 2),
        ))  # fmt: skip

    def _named(self, number: object, task: Task) -> Task:
        return replace(task, id=f"{hash_of(number, task.section, task.text):012x}")

    def change(self) -> None:
        """Something that an office does to a document before it is converted again."""
        place = self.random.randrange(len(self.plans))
        plan = self.plans[place]
        act = self.random.choice(
            ["add", "drop", "late", "reword", "lead", "number", "failed", "partial", "new", "none"]
        )
        tasks, meta = list(plan.tasks), plan.meta
        one = self.random.randrange(len(tasks)) if tasks else None
        if act == "new":
            self.plans.append(self._plan(len(self.plans) + 1))
        elif act == "add":
            tasks.append(self._task(place + 1, len(tasks) + self.random.randint(0, 50)))
        elif act == "number":
            meta = replace(meta, number=f"{self.random.randint(100, 999)}-KH/ĐU")
            tasks = [self._named(meta.number, task) for task in tasks]
        elif act in {"failed", "partial"}:
            self.plans[place] = replace(plan, status=act, tasks=() if act == "failed" else plan.tasks[1:])
            return
        elif one is not None:
            if act == "drop":
                del tasks[one]
            elif act == "late":  # for all, so that cells that the officer corrected are among them
                days = [dt.date(2026, 12, 1) + dt.timedelta(self.random.randint(0, 200)) for _ in tasks]
                tasks = [replace(task, due=day, due_text=f"trước ngày {day:%d/%m/%Y}")
                         for task, day in zip(tasks, days, strict=True)]  # fmt: skip
            elif act == "reword":
                tasks[one] = self._named(place + 1, replace(tasks[one], text=f"{tasks[one].text} theo quy định"))
            elif act == "lead":
                tasks = [replace(task, lead=(f"Ban {self.random.choice(NOUNS)}",), deliverable="tờ trình") for task in tasks]
        self.plans[place] = replace(plan, status="ok", tasks=tuple(tasks), meta=meta)

    def converted(self) -> list[Directive]:
        """The documents of one conversion: all, or some."""
        return [plan for plan in self.plans if self.random.random() < 0.8] or self.plans[:1]


def hash_of(*parts: object) -> int:
    import hashlib

    return int(hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:12], 16)


def history(seed: int, folder: Path) -> None:
    random = Random(seed)
    plans = Plans(random)
    path = folder / f"t{seed}.xlsx"
    (target,) = export.targets([path])
    export.write(plans.plans, target, "vi", RULES)
    officer = Officer(path, random)
    for _ in range(random.randint(1, 2)):
        officer.open()
        for _ in range(random.randint(1, 8)):
            random.choice(ACTS)(officer)
        officer.save()
        head, last, held = officer.head, officer.last, officer.ids()
        for _ in range(random.randint(0, 3)):
            plans.change()
        converted = plans.converted()
        written = export.write(converted, target, "vi", RULES)
        codes = [note.code for note in written.notes if note.code != "sheets-kept"]
        assert codes in (["updated"], ["unchanged"]), written
        officer.open()
        assert officer.head == head and officer.last >= last, "a line of the tracker was taken away"
        officer.moved_down(last, officer.last - last)
        assert officer.missing() == []
        # what the officer deleted does not come back
        assert not officer.deleted & (set(officer.ids()) - set(held))
        if random.random() < 0.2:
            untouched = path.read_bytes()
            again = export.write(converted, target, "vi", RULES)
            assert [note.code for note in again.notes] == ["unchanged"]
            assert path.read_bytes() == untouched


@pytest.mark.parametrize("first", range(0, HISTORIES, CHUNK))
def test_everything_that_the_officer_typed_is_there(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + CHUNK):
        try:
            history(seed, tmp_path)
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise

"""What ships: locks without addresses, declared dependencies, a wheel with its rules, READMEs that do not drift."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
# import name → distribution, where they differ
DISTRIBUTIONS = {
    "yaml": "pyyaml", "docx": "python-docx", "xlsxwriter": "xlsxwriter", "cv2": "opencv-python-headless", "PIL": "pillow",
    "python_calamine": "python-calamine", "argon2": "argon2-cffi", "dateutil": "python-dateutil",
}  # fmt: skip


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def locked(name: str) -> dict[str, str]:
    """The distributions of a lock file with their versions."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, re.M))


def canonical(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_and_hashes_only(name: str) -> None:
    line = re.compile(r"[a-z0-9][a-z0-9._-]*==[\w.!+-]+( ; [^:/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert [text for text in lines if not line.fullmatch(text)] == []


def test_the_locks_cover_what_is_declared_and_agree() -> None:
    runtime, development = map(locked, LOCKS)
    declared = project()["project"]
    extras = declared["optional-dependencies"]
    assert set(map(canonical, declared["dependencies"] + extras["build"])) <= set(runtime)
    assert set(map(canonical, extras["dev"])) <= set(development)
    # what reads documents is set up with the demo; what analysts look with would make that two thirds larger
    default = ("calendar", "compare", "db", "docx", "ocr", "sheets")
    assert {canonical(name) for extra in default for name in extras[extra]} <= set(runtime)
    assert set(map(canonical, extras["nlp"] + extras["parquet"] + extras["analysis"])) <= development.keys() - runtime.keys()
    assert runtime.items() <= development.items()


def test_everything_that_is_imported_is_declared() -> None:
    named = project()["project"]
    used = ("analysis", "calendar", "cluster", "compare", "db", "docx", "nlp", "ocr", "parquet", "serve", "sheets")
    extras = (one for extra in used for one in named["optional-dependencies"][extra])
    declared = set(map(canonical, [*named["dependencies"], *extras])) - {"dask", "python-multipart"}
    # dask is the command that starts a cluster, python-multipart what fastapi takes forms apart with
    imported = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    third_party = imported - set(sys.stdlib_module_names) - {"pipeline"}
    assert {DISTRIBUTIONS.get(name, name) for name in third_party} == declared


def test_the_wheel_holds_rules_types_and_nothing_else_of_ours(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        check=True, capture_output=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("dondoc-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"pipeline/rules/{path.name}" for path in (ROOT / "rules").glob("*.yaml")} <= names
    assert "pipeline/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"pipeline", "dondoc"}

    # used from the wheel alone, away from the checkout, the shipped rules are found
    code = f"import sys; sys.path.insert(0, {str(wheel)!r}); import zipfile; zipfile.ZipFile({str(wheel)!r}).extractall('w')"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, timeout=60)
    code = "import sys; sys.path.insert(0, 'w'); from pipeline import ruleset; print(ruleset.shipped(), len(ruleset.load()['labels']))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path, timeout=60)
    place, count = done.stdout.decode().split()
    assert Path(place).resolve() == (tmp_path / "w" / "pipeline" / "rules").resolve()
    assert int(count) > 0


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_example_is_what_the_program_prints(name: str) -> None:
    blocks = re.findall(r"```console\n\$ dondoc (.+)\n((?:.*\n)*?)```", (ROOT / name).read_text("utf-8"))
    assert blocks
    for arguments, output in blocks:
        shown = list(takewhile(lambda line: line != "…", output.splitlines()))
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *arguments.split()],
            capture_output=True,
            check=True,
            cwd=ROOT,
            timeout=60,
        )
        printed = [line.rstrip() for line in done.stdout.decode("utf-8").splitlines()]
        assert len(shown) > 5
        assert shown == printed[: len(shown)]


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "CONTRIBUTING.md"])
def test_files_that_are_named_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"\]\(([\w./-]+)\)", text)) | set(
        re.findall(r"`((?:pipeline|corpus|rules)/[\w./-]*)`", text)
    )
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_both_readmes_start_with_the_two_commands() -> None:
    for name in ("README.md", "README.vi.md"):
        first = re.search(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
        assert first[1].splitlines() == ["sh run.sh demo", "sh run.sh test"]


def test_the_script_is_posix() -> None:
    subprocess.run(["sh", "-n", str(ROOT / "run.sh")], check=True, timeout=10)

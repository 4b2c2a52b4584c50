"""``python -m fuzz NAME [options of libFuzzer]``: tries a harness until something is found, or ``-runs=N`` times.

What is found is written to ``outputs/fuzz/`` and shown; ``python -m fuzz NAME FILE`` tries that again. The inputs that
led somewhere new are kept there too, so that the next run goes on from them.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 20  # for one input; the slowest of the seeds takes 2 s while it is watched
LONGEST = 20_000  # bytes of an input: more only takes longer


def main() -> None:
    """Seeds, instruments and runs; libFuzzer ends the process."""
    sys.path[:0] = [str(ROOT / "tests" / "ingest")]
    with atheris.instrument_imports(include=["pipeline"]):
        from fuzz.harnesses import HARNESSES, SEEDS
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=HARNESSES)
    parser.add_argument("--keep", type=Path, default=ROOT / "outputs" / "fuzz", help="folder for inputs and findings")
    given, options = parser.parse_known_args()
    kept = given.keep / given.name
    kept.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS[given.name]():
        (kept / f"seed-{hashlib.sha256(seed).hexdigest()[:12]}").write_bytes(seed[:LONGEST])
    places = [] if any(not option.startswith("-") for option in options) else [str(kept)]
    limits = [f"-timeout={SECONDS}", f"-max_len={LONGEST}", f"-artifact_prefix={given.keep}/{given.name}-"]
    atheris.Setup([sys.argv[0], *limits, *options, *places], HARNESSES[given.name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()

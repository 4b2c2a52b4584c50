#!/bin/sh
# sh run.sh demo   sets everything up and converts the corpus into outputs/tracker.xlsx
# sh run.sh test   sets everything up and runs the tests
# Needs Python 3.11 or newer, nothing else. PYTHON=/path/to/python chooses one.
set -eu
cd "$(dirname "$0")"

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say "Cần Python 3.11 trở lên. Trên Debian: apt install python3 python3-venv"
    say "Python 3.11 or newer is needed. On Debian: apt install python3 python3-venv"
    exit 1
}

make_venv() {
    [ -x .venv/bin/python ] && return
    python=$(find_python)
    if "$python" -m venv .venv 2>/dev/null; then
        return
    fi
    # Debian splits ensurepip off; pip of the system can still fill an empty environment.
    rm -rf .venv
    if "$python" -m venv --without-pip .venv && "$python" -m pip --version >/dev/null 2>&1; then
        return
    fi
    rm -rf .venv
    say "Không tạo được môi trường Python. Trên Debian: apt install python3-venv"
    say "No Python environment could be made. On Debian: apt install python3-venv"
    exit 1
}

pip() {
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then
        .venv/bin/python -m pip "$@"
    else
        "$(find_python)" -m pip --python .venv/bin/python "$@"
    fi
}

# Installs what a lock file names, once for each content of the lock and of pyproject.toml.
set_up() {
    lock=$1
    make_venv
    stamp=$(cat "$lock" pyproject.toml | cksum)
    if [ -f ".venv/$lock.stamp" ] && [ "$(cat ".venv/$lock.stamp")" = "$stamp" ]; then
        return
    fi
    say "Đang cài đặt … / Setting up …"
    pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    printf '%s\n' "$stamp" >".venv/$lock.stamp"
}

case "${1:-}" in
demo)
    set_up requirements.lock
    .venv/bin/dondoc convert corpus/docs -o outputs/tracker.xlsx
    ;;
test)
    set_up requirements-dev.lock
    shift
    .venv/bin/python -m pytest "$@"
    ;;
*)
    say "sh run.sh demo | test"
    exit 2
    ;;
esac

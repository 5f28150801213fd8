# Sourced by demo.sh and test.sh: prepares the virtual environment, and Debian packages when a script asks for them.
# Does nothing where everything is already right.

unset PYTHONDONTWRITEBYTECODE # tests and demo start many short processes; compiling again doubles their time

say() { printf '%s\n' "$*" >&2; }

# need_apt PACKAGE... : installs what is missing when root, else names the one line that does.
need_apt() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        say "Missing Debian packages. Please run:  sudo apt-get install -y$missing"
        return 1
    fi
    say "Installing$missing ..."
    apt-get update -qq >&2
    # shellcheck disable=SC2086 # a list of package names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# suitable_python : prints the path of a Python 3.11 to 3.13, `python3` before all others.
# uv is never asked for a version: it would try to download one that it does not find.
suitable_python() {
    for candidate in python3 python3.11 python3.12 python3.13; do
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13)); ' 2>/dev/null || continue
        "$candidate" -c 'import sys; print(sys.executable)'
        return 0
    done
    say "Python 3.11 to 3.13 is needed; python3 is $(python3 -V 2>&1 || echo missing). On Debian 12 or later: apt-get install python3"
    return 1
}

# make_venv LOCKFILE [FOLDER PYTHON] : a virtual environment, .venv, with exactly what the lock names; uv where present, else
# venv + pip. Without PYTHON, the one that suitable_python chooses.
make_venv() {
    lock=$1
    venv=${2:-.venv}
    stamp="$venv/.lock-sha256"
    wanted=$(sha256sum "$lock" | cut -d' ' -f1)
    [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    # demo.sh is content with the larger set that test.sh installs, when that one is up to date
    if [ "$lock" = requirements.lock ] && [ -x "$venv/bin/python" ] &&
        [ "$(cat "$stamp" 2>/dev/null)" = "$(sha256sum requirements-dev.lock | cut -d' ' -f1)" ]; then
        return 0
    fi
    if [ -L "$venv" ]; then
        say "$venv is a link to $(readlink -f "$venv"), which does not have what $lock names. Remove the link, or update that folder itself."
        return 1
    fi
    say "Preparing $venv (once) ..."
    python=${3:-$(suitable_python)}
    [ -n "$python" ] || return 1
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --clear --python "$python" "$venv"
        uv pip sync --quiet --compile-bytecode --python "$venv/bin/python" --require-hashes "$lock"
    else
        "$python" -c 'import ensurepip' 2>/dev/null || need_apt python3-venv || return 1
        "$python" -m venv --clear "$venv"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
    fi
    printf '%s\n' "$wanted" >"$stamp"
}

#!/bin/sh
# Runs a part of the tests on every other Python that is installed here: of 3.11, 3.12 and 3.13, those that .venv is not made
# of. It lasts some minutes for each. PYTHONS="/path/python3.13 ..." names them instead; arguments are
# other tests. test.sh runs it with CI=true.
set -eu
cd "$(dirname "$0")/.."
. tools/env.sh
quick="tests/values tests/settings tests/cli/base tests/intake/parse tests/programs tests/service/register"
tested=${*:-$quick tests/test_sample_letters.py}
version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }
own=$(version_of .venv/bin/python)
for python in ${PYTHONS:-python3.11 python3.12 python3.13}; do
    version=$(version_of "$python")
    [ -n "$version" ] && [ "$version" != "$own" ] || continue
    make_venv requirements-dev.lock ".venv-$version" "$python"
    say "Python $version ..."
    # shellcheck disable=SC2086 # several folders
    ".venv-$version/bin/python" -m pytest -q -n auto --maxprocesses 4 -p no:cacheprovider $tested
done

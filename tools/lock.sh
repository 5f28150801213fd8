#!/bin/sh
# Rewrites both lock files from pyproject.toml: pins and hashes, and no registry's host name.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -p 3.11 "$@"; }
compile pyproject.toml -o requirements.lock
compile pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
echo pip | compile - -o tools/pip.lock

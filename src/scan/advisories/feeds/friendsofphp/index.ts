import { parse as parseYaml } from 'yaml'
import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { clip, type Fields, fields, isCve, str, strs } from '../fields.ts'

/** FriendsOfPHP security advisories: a YAML file per package and flaw, `branches: { name: { versions: ['>=7', '<7.4.3'] } }`, `reference: composer://vendor/name`. */
export const friendsofphp: Feed = {
  id: 'friendsofphp',
  title: { en: 'FriendsOfPHP security advisories', ko: 'FriendsOfPHP 보안 권고' },
  licence: 'Unlicense',
  homepage: 'https://github.com/FriendsOfPHP/security-advisories',
  downloads: [],
  detect: file => /^reference: *['"]?composer:\/\//m.test(file.head),
  *parse(file) {
    yield* itemsOf(fields(parseYaml(file.text(), { maxAliasCount: 100 })), file.path)
  },
}

function* itemsOf(advisory: Fields, path: string): Generator<FeedItem> {
  const name = str(advisory.reference).replace(/^composer:\/\//, '')
  const cve = str(advisory.cve)
  const id = isCve(cve) ? cve : `${name}/${/([^/!]+)\.ya?ml$/.exec(path)?.[1] ?? str(advisory.link)}`
  const ranges = Object.values(fields(advisory.branches)).map(branch => strs(fields(branch).versions).join(', '))
  const vulnerable = ranges.filter(range => range !== '')
  if (vulnerable.length === 0) {
    yield { kind: 'problem', path, detail: `${id}: no versions` }
    return
  }
  const fixable = vulnerable.some(range => /<(?!=)/.test(range))
  const record: AdvisoryRecord = {
    id,
    source: 'friendsofphp',
    aliases: [],
    status: fixable ? 'fixed' : 'affected',
    intervals: [],
    vulnerable,
  }
  yield { kind: 'record', ecosystem: 'Packagist', name, record }
  const details = {
    id,
    aliases: [],
    title: clip(str(advisory.title), 300),
    description: '',
    severities: {},
    cvss: [],
    cwes: [],
  }
  yield { kind: 'details', details: { ...details, references: strs(advisory.link) } }
}

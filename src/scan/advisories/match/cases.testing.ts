import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedItem } from '../../../base/model/advisory.ts'
import type { Distro } from '../../../base/model/distro.ts'
import type { Package } from '../../../base/model/package.ts'
import { ecosystemTraits } from '../../inventory/ecosystems/traits.ts'
import { parseOsv } from '../feeds/osv/parse.ts'
import { normalizeItem } from '../normalize.ts'
import { memoryAdvisories } from '../store/memory.ts'
import { verdictsOf } from './explain.ts'
import { match } from './match.ts'
import { subjectOf } from './subject.ts'
import { distro, inventory, pkg } from './testing.ts'

/**
 * Cases as lines, judged through the whole way of an OSV record. Fields are set apart by ` | `, the distribution's is missing for language packages:
 *
 *     what it is about | family version | type name version [from SOURCE [VERSION]] [key=value …] | records | ids found, !ids that the vendor clears
 *
 * Records, apart by ` & `: `id: ECOSYSTEM » name RANGE [key=value …]`, several packages of one by ` + `. A RANGE is its events in their order (`>=1.0 <1.2`, `<=`, `^` for a limit),
 * `*` for all, `=1.0,1.1` for listed versions. An id of digits is short for a CVE.
 */
export function testCases(table: string, now = new Date('2022-12-01T00:00:00Z')): void {
  for (const line of table.split('\n').filter(text => text.trim() !== '')) {
    const fields = line.split('|').map(text => text.trim())
    const [title, os] = fields.length > 4 ? fields : [fields[0], undefined]
    const [subject, records, found] = fields.slice(-3) as [string, string, string]
    test(`${title}: ${os === undefined ? '' : `${os}: `}${subject}`, () => judged(os, subject, records, found, now))
  }
}

function judged(os: string | undefined, subject: string, records: string, found: string, now: Date): void {
  const one = packageOf(subject)
  const system = os === undefined ? undefined : distroOf(os, subject)
  const advisories = memoryAdvisories(records.split(' & ').flatMap(recordsOf))
  const { findings } = match(inventory(system, [one]), advisories, { now })
  const expected = found.split(' ').filter(text => text !== '')
  const named = expected.filter(text => !text.startsWith('!')).map(longId)
  assert.equal(findings.length, named.length, findings.map(({ ids }) => ids.join()).join(' '))
  for (const id of named)
    assert.ok(
      findings.some(({ ids, vendorIds }) => ids.includes(id) || vendorIds.includes(id)),
      id,
    )
  const traits = ecosystemTraits.find(({ type }) => type === one.type)!
  const verdicts = verdictsOf(subjectOf(one, traits, system, advisories, now.getTime()), advisories)
  const cleared = verdicts.filter(({ verdict }) => verdict === 'not_vulnerable').flatMap(({ flaw }) => flaw.ids)
  for (const id of expected.filter(text => text.startsWith('!')).map(text => longId(text.slice(1))))
    assert.ok(cleared.includes(id), `${id} is not cleared`)
}

const longId = (id: string): string => (/^\d+$/.test(id) ? `CVE-2024-000${id}` : id)

function packageOf(text: string): Package {
  const words = text.split(' ').filter(word => !word.includes('='))
  const settings = settingsOf(text)
  const [type = '', name = '', said = '', from, source, version] = words
  const own = said === '?' ? '' : said
  return pkg(type, name, own, {
    ...(from === 'from' && source && { source: { name: source, version: version ?? own } }),
    ...(settings.arch !== undefined && { arch: settings.arch }),
    ...(settings.module !== undefined && { module: settings.module }),
  })
}

function distroOf(text: string, subject: string): Distro {
  const { repository, sets } = settingsOf(subject)
  const own = distro(text.replace(/\+\w+$/, ''))
  return {
    ...own,
    ...(repository !== undefined && { repositoryVersion: repository }),
    ...(sets !== undefined && { contentSets: sets.split(',') }),
    ...(text.endsWith('+eus') && { contentSets: [`rhel-${own.version}-eus-rpms`] }),
    ...(text.endsWith('+esm') && { esm: true }),
  }
}

function settingsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/ (\w+)=(\S*)/g)].map(([, key, value]) => [key as string, value ?? '']))
}

function recordsOf(text: string): FeedItem[] {
  const [, id = '', body = ''] = /^(\S+): (.*)$/.exec(text) ?? []
  const { aliases } = settingsOf(text)
  const osv = {
    id: longId(id),
    modified: '2024-01-01T00:00:00Z',
    affected: body.split(' + ').map(affectedOf),
    ...(aliases !== undefined && { aliases: aliases.split(',').map(longId) }),
    ...(text.endsWith(' withdrawn') && { withdrawn: '2024-02-01T00:00:00Z' }),
  }
  return [...parseOsv(osv, 'case.json')].map(normalizeItem)
}

function affectedOf(text: string): Record<string, unknown> {
  const [ecosystem = '', rest = ''] = text.split(' » ')
  const [name = '', ...words] = rest.split(' ')
  const { arches, module, status } = settingsOf(text)
  const listed = words.find(word => word.startsWith('='))
  return {
    package: { ecosystem, name },
    ranges: [{ type: 'ECOSYSTEM', events: eventsOf(words) }].filter(({ events }) => events.length > 0),
    ...(listed && { versions: listed.slice(1).split(',') }),
    database_specific: { arches: arches?.split(','), module, status },
  }
}

function eventsOf(words: string[]): Record<string, string>[] {
  if (words.includes('*')) return [{ introduced: '0' }]
  const events = words.flatMap(word => {
    const [, sign = '', version = ''] = /^(>=|<=|<|\^)(.+)$/.exec(word) ?? []
    const name = { '>=': 'introduced', '<=': 'last_affected', '<': 'fixed', '^': 'limit' }[sign]
    return name ? [{ [name]: version }] : []
  })
  return events.length === 0 || events.some(event => event.introduced !== undefined && event === events[0])
    ? events
    : events[0]?.fixed !== undefined && events[1]?.introduced !== undefined && events.length === 2
      ? events
      : [{ introduced: '0' }, ...events]
}

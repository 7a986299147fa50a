import type { FeedItem } from '../../../../base/model/advisory.ts'
import { jsonParts } from '../../input/json-stream.ts'
import { type Erratum, erratumItems, evr } from '../errata.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { cvesIn, type Fields, fields, isoDate, list, severityOf, str, strs, unique } from '../fields.ts'

/** AlmaLinux errata (`errata.full.json`, and the older `errata.json`, a plain array with MongoDB's dates). */
export const alma: Feed = {
  id: 'alma',
  title: { en: 'AlmaLinux errata', ko: '알마리눅스 정오표' },
  licence: 'MIT',
  homepage: 'https://errata.almalinux.org',
  downloads: ['8', '9', '10'].map(release => ({
    urls: [`https://errata.almalinux.org/${release}/errata.full.json`],
    file: `alma-${release}.json`,
  })),
  detect: file =>
    /"updateinfo_id"\s*:/.test(file.head) ||
    (/^\s*\{[^[]*"data"\s*:\s*\[/.test(file.head) && /"id"\s*:\s*"AL[SBE]A-/.test(file.head)),
  parse: parseErrata,
}

async function* parseErrata(file: FeedFile): AsyncGenerator<FeedItem> {
  const path = /^\s*\[/.test(file.head) ? [] : ['data']
  for await (const { text } of jsonParts(file.chunks(), path)) {
    const erratum = erratumOf(fields(JSON.parse(text)))
    // ALBA and ALEA are of repairs and new features; some name a flaw all the same.
    if (erratum.cves.length > 0 || erratum.id.startsWith('ALSA-')) yield* erratumItems(erratum)
  }
}

function erratumOf(entry: Fields): Erratum {
  const id = str(entry.updateinfo_id) || str(entry.id)
  const references = list(entry.references).map(fields)
  const streams = list(entry.modules).map(fields)
  const packages = list(entry.packages ?? fields(entry.pkglist).packages).map(fields)
  const module = fields(fields(entry.pkglist).module)
  const listed = str(module.stream) === '' ? '' : `${str(module.name)}:${str(module.stream)}`
  return {
    id,
    source: 'alma',
    title: str(entry.title),
    description: str(entry.description),
    severity: severityOf(entry.severity),
    cves: unique(references.flatMap(reference => cvesIn(`${str(reference.id)} ${str(reference.ref_id)}`))),
    references: references.flatMap(reference => strs(reference.href)),
    published: dateOf(entry.issued_date),
    modified: dateOf(entry.updated_date),
    packages: packages.map(pkg => ({
      ecosystem: `AlmaLinux:${/\.(?:module_)?el(\d+)/.exec(`.${str(pkg.release)}`)?.[1] ?? ''}`,
      name: str(pkg.name),
      version: evr(str(pkg.epoch), str(pkg.version), str(pkg.release)),
      arch: str(pkg.arch),
      module: streamOf(str(pkg.module)) || listed || onlyStream(streams, str(pkg.release)),
    })),
  }
}

const streamOf = (module: string) => /^[^:]+:[^:]+/.exec(module)?.[0] ?? ''

/** Older errata name the modules apart from the packages: where there is but one, its builds are its. */
function onlyStream(modules: Fields[], release: string): string {
  const streams = unique(modules.map(module => `${str(module.name)}:${str(module.stream)}`))
  return streams.length === 1 && release.includes('.module') ? streams[0]! : ''
}

/** Seconds, MongoDB's `{ $date: ms }`, or text. */
function dateOf(value: unknown): string | undefined {
  const { $date } = fields(value)
  const time = typeof value === 'number' ? value * 1000 : typeof $date === 'number' ? $date : undefined
  return time === undefined ? isoDate($date ?? value) : new Date(time).toISOString()
}

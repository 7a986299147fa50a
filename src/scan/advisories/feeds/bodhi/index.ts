import type { FeedItem } from '../../../../base/model/advisory.ts'
import { erratumItems } from '../errata.ts'
import type { Feed } from '../feed.ts'
import { cvesIn, type Fields, fields, isoDate, list, severityOf, str } from '../fields.ts'

/**
 * Fedora's update system (https://bodhi.fedoraproject.org/docs/server_api/): `{ updates: [ { updateid, type, status, release, builds: [ { nvr, epoch } ], bugs } ] }`, or the list
 * or one update alone. A build is named by its source package. Security updates that reached the repositories; of Fedora and of EPEL.
 */
export const bodhi: Feed = {
  id: 'bodhi',
  title: { en: 'Fedora updates (Bodhi)', ko: '페도라 업데이트 (Bodhi)' },
  licence: 'MIT',
  homepage: 'https://bodhi.fedoraproject.org',
  downloads: [],
  detect: file => /"(?:updateid|alias)"\s*:\s*"FEDORA-/.test(file.head) && /"builds"\s*:/.test(file.head),
  *parse(file) {
    const document = file.json()
    const { updates = [document] } = fields(document)
    for (const update of list(Array.isArray(document) ? document : updates).map(fields))
      yield* itemsOf(update, file.path)
  },
}

function* itemsOf(update: Fields, path: string): Generator<FeedItem> {
  const id = str(update.updateid) || str(update.alias)
  if (update.type !== 'security' || !['stable', 'testing'].includes(str(update.status))) return
  const release = fields(update.release)
  const ecosystem = ecosystemOf(release)
  if (ecosystem === '') {
    // Containers, Flatpaks and modules are built from the same packages.
    if (!/^F\d+[A-Z]$|CONTAINER|FLATPAK|MODULAR/.test(`${str(release.name)} ${str(release.id_prefix)}`))
      yield { kind: 'problem', path, detail: `${id}: of no known release ${str(release.name)}` }
    return
  }
  const bugs = list(update.bugs).map(bug => str(fields(bug).title))
  const texts = [str(update.notes), ...bugs, str(update.display_name)].join('\n')
  const packages = list(update.builds)
    .map(fields)
    .flatMap(build => packageOf(build, ecosystem))
  const erratum = {
    id,
    source: ecosystem.startsWith('EPEL') ? 'epel' : 'fedora',
    title: str(update.display_name) || str(update.title),
    description: str(update.notes),
    severity: severityOf(update.severity),
    cves: cvesIn(texts),
    references: str(update.url) === '' ? [] : [str(update.url)],
    published: isoDate(update.date_stable) ?? isoDate(update.date_pushed),
    modified: isoDate(update.date_modified),
    packages,
  }
  for (const item of erratumItems(erratum))
    yield item.kind === 'record' ? { ...item, record: { ...item.record, names: 'source' } } : item
}

function ecosystemOf({ name, id_prefix }: Fields): string {
  const fedora = /^F(\d+)$/.exec(str(name))?.[1]
  if (fedora !== undefined && str(id_prefix) === 'FEDORA') return `Fedora:${fedora}`
  const epel = /^EPEL-(\d+)/.exec(str(name))?.[1]
  return epel === undefined ? '' : `EPEL:${epel}`
}

/** `name-version-release`, none of the last two with a hyphen. */
function packageOf(build: Fields, ecosystem: string) {
  const [, name, version] = /^(.+)-([^-]+-[^-]+)$/.exec(str(build.nvr)) ?? []
  if (!name || !version) return []
  const epoch = str(build.epoch)
  return [
    { ecosystem, name, version: epoch === '' || epoch === '0' ? version : `${epoch}:${version}`, arch: '', module: '' },
  ]
}

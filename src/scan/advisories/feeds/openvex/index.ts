import type { AdvisoryRecord, FeedItem, Status } from '../../../../base/model/advisory.ts'
import { parsePurl } from '../../../../base/purl.ts'
import { ubuntuVersion } from '../../../inventory/distros/ubuntu.ts'
import type { Feed } from '../feed.ts'
import { clip, cvesIn, type Fields, fields, isCve, list, str, strs, unique } from '../fields.ts'

/**
 * What vendors say of their own packages in OpenVEX (https://github.com/openvex/spec): Canonical of Ubuntu's source packages by release, Chainguard of the
 * libraries that it rebuilds, by exact version. A user's own VEX documents are given with `--vex`, not built into a database.
 */
export const openvex: Feed = {
  id: 'openvex',
  title: { en: 'OpenVEX of distributions (Ubuntu, Chainguard)', ko: '배포판의 OpenVEX (우분투, 체인가드)' },
  licence: 'by vendor',
  homepage: 'https://ubuntu.com/security/vex',
  // Ubuntu's archive is several gigabytes unpacked, and OSV's records say the same of what can be fixed: read from files by who wants it.
  downloads: [],
  detect: file => /"@context"\s*:\s*"https:\/\/openvex\.dev\/ns/.test(file.head),
  *parse(file) {
    for (const statement of list(fields(file.json()).statements).map(fields)) yield* statementItems(statement)
  },
}

const languages = new Map([
  ['pypi', 'PyPI'],
  ['npm', 'npm'],
  ['maven', 'Maven'],
  ['golang', 'Go'],
  ['gem', 'RubyGems'],
  ['cargo', 'crates.io'],
])

function* statementItems(statement: Fields): Generator<FeedItem> {
  const vulnerability = fields(statement.vulnerability)
  const id = str(vulnerability.name)
  const aliases = unique(
    [...strs(vulnerability.aliases), id].flatMap(text => (/^GHSA-/.test(text) ? [text] : cvesIn(text))),
  )
  const status = str(statement.status)
  if (!/^[A-Z]+-/.test(id) || !['fixed', 'not_affected', 'affected', 'under_investigation'].includes(status)) return
  const base = { id, aliases: aliases.filter(alias => alias !== id) }
  const versions = new Map<string, { ecosystem: string; name: string; versions: string[] }>()
  for (const product of list(statement.products).map(fields)) {
    const purl = parsePurl(str(product['@id']) || str(fields(product.identifiers).purl))
    if (!purl) continue
    if (purl.type === 'deb' && purl.namespace === 'ubuntu') yield* ubuntuItem(purl, status, base)
    const ecosystem = languages.get(purl.type)
    if (ecosystem === undefined || !purl.version || !['fixed', 'not_affected'].includes(status)) continue
    const name = purl.namespace ? `${purl.namespace}${purl.type === 'maven' ? ':' : '/'}${purl.name}` : purl.name
    const group = versions.get(`${ecosystem} ${name}`) ?? { ecosystem, name, versions: [] }
    group.versions.push(purl.version)
    versions.set(`${ecosystem} ${name}`, group)
  }
  for (const { ecosystem, name, versions: listed } of versions.values())
    yield {
      kind: 'record',
      ecosystem,
      name,
      record: { ...base, source: 'openvex', status: 'not_affected', intervals: [], versions: listed },
    }
  const description = str(vulnerability.description)
  if (description !== '' && isCve(id))
    yield {
      kind: 'details',
      details: {
        id,
        aliases: base.aliases,
        title: '',
        description: clip(description),
        severities: {},
        cvss: [],
        cwes: [],
        references: strs(vulnerability['@id']),
      },
    }
}

/** The entry of the source package speaks for its binary ones: `pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.20?arch=source&distro=esm-infra/bionic`. */
function* ubuntuItem(
  purl: NonNullable<ReturnType<typeof parsePurl>>,
  status: string,
  base: Pick<AdvisoryRecord, 'id' | 'aliases'>,
): Generator<FeedItem> {
  const distro = purl.qualifiers?.distro ?? ''
  if (purl.qualifiers?.arch !== 'source' || distro === '') return
  const [, pocket = '', codename = ''] = /^(?:([\w-]+)\/)?([a-z]+)$/.exec(distro) ?? []
  const release = ubuntuVersion(codename)
  if (release === undefined || /^(?:ros|bluefield|anbox)/.test(pocket)) return
  const line = /^(?:fips|realtime)/.test(pocket)
    ? `:Pro:${pocket.replace('fips', 'FIPS').replace(/^realtime.*/, 'Realtime')}`
    : pocket.startsWith('esm')
      ? ':Pro'
      : ''
  const ecosystem = `Ubuntu${line}:${release}`
  const record: AdvisoryRecord = {
    ...base,
    source: 'ubuntu',
    status: status as Status,
    intervals: status === 'fixed' && purl.version ? [{ fixed: purl.version }] : [{}],
    names: 'source',
  }
  if (pocket !== '') record.note = pocket
  yield { kind: 'record', ecosystem, name: purl.name, record }
}

import type { FeedItem } from '../../../../base/model/advisory.ts'
import { jsonParts } from '../../input/json-stream.ts'
import { nevraOf } from '../csaf/products.ts'
import { type Erratum, erratumItems } from '../errata.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { cvesIn, type Fields, fields, isoDate, list, severityOf, str, unique } from '../fields.ts'

/** Rocky Linux errata as its Apollo service answers them: `{ advisories: [{ name, cves, packages: [{ nevra, module_name, product_name }] }] }`. */
export const rocky: Feed = {
  id: 'rocky',
  title: { en: 'Rocky Linux errata (Apollo)', ko: '록키 리눅스 정오표 (Apollo)' },
  licence: 'BSD-3-Clause',
  homepage: 'https://errata.rockylinux.org',
  downloads: [],
  detect: file => /^\s*\{\s*"advisories"\s*:\s*\[/.test(file.head) && /"name"\s*:\s*"R[LX][SBE]A-/.test(file.head),
  parse: parseApollo,
}

async function* parseApollo(file: FeedFile): AsyncGenerator<FeedItem> {
  for await (const { text } of jsonParts(file.chunks(), ['advisories'])) {
    const advisory = fields(JSON.parse(text))
    const erratum = erratumOf(advisory)
    if (erratum.cves.length > 0 || /security/i.test(str(advisory.kind))) yield* erratumItems(erratum)
  }
}

function erratumOf(advisory: Fields): Erratum {
  return {
    id: str(advisory.name),
    source: 'rocky',
    title: str(advisory.synopsis),
    description: str(advisory.description),
    severity: severityOf(advisory.severity),
    cves: unique(list(advisory.cves).flatMap(cve => cvesIn(str(fields(cve).cve)))),
    references: [`https://errata.rockylinux.org/${str(advisory.name)}`],
    published: isoDate(advisory.published_at),
    modified: isoDate(advisory.updated_at),
    packages: list(advisory.packages).flatMap(entry => packageOf(fields(entry))),
  }
}

function packageOf(entry: Fields) {
  const nevra = nevraOf(str(entry.nevra))
  const release = /Rocky Linux (\d+)/.exec(str(entry.product_name))?.[1]
  if (nevra === undefined || release === undefined) return []
  const module = str(entry.module_name) === '' ? '' : `${str(entry.module_name)}:${str(entry.module_stream)}`
  return [{ ecosystem: `Rocky Linux:${release}`, ...nevra, module }]
}

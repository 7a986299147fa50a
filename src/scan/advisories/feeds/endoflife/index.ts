import { basename } from 'node:path'
import { parse as parseYaml } from 'yaml'
import type { EndOfLife, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { type Fields, fields, list, str } from '../fields.ts'

const products = [
  'debian',
  'ubuntu',
  'alpine-linux',
  'rhel',
  'centos',
  'centos-stream',
  'almalinux',
  'rocky-linux',
  'oracle-linux',
  'amazon-linux',
]
const more = [
  'sles',
  'opensuse',
  'fedora',
  'photon',
  'bottlerocket',
  'python',
  'nodejs',
  'go',
  'php',
  'ruby',
  'openssl',
  'nginx',
  'postgresql',
  'redis',
  'mysql',
]

/**
 * endoflife.date in each of its forms: API v1 (`{ result: [{ name, releases }] }`, or one product as `result`), API v0 (an array of cycles, the product being the
 * file's name), the product files it is made from (front matter), and release-data (`{ releases: { cycle: { name, eol } } }`).
 */
export const endoflife: Feed = {
  id: 'endoflife',
  title: { en: 'endoflife.date', ko: 'endoflife.date 지원 종료일' },
  licence: 'MIT',
  homepage: 'https://endoflife.date',
  downloads: [...products, ...more].map(product => ({
    urls: [`https://endoflife.date/api/v1/products/${product}`],
    file: `endoflife-${product}.json`,
  })),
  detect: file => shapeOf(file) !== undefined,
  *parse(file) {
    const shape = shapeOf(file)!
    const product = basename(file.path.split('!').at(-1)!)
      .replace(/\.(json|md)$/, '')
      .replace(/^endoflife-/, '')
    if (shape === 'v1')
      for (const result of resultsOf(file)) yield* cycles(str(result.name) || product, list(result.releases))
    else if (shape === 'v0') yield* cycles(product, list(file.json()))
    else if (shape === 'release-data') yield* cycles(product, Object.values(fields(fields(file.json()).releases)))
    else {
      const matter = fields(parseYaml(/^---\n([\s\S]*?)\n---/.exec(file.text())?.[1] ?? '', { maxAliasCount: 100 }))
      yield* cycles(str(matter.permalink).replace(/^\//, '') || product, list(matter.releases))
    }
  },
}

function shapeOf(file: FeedFile): 'v1' | 'v0' | 'release-data' | 'matter' | undefined {
  if (/^---\n/.test(file.head) && /^releases:/m.test(file.head) && /releaseCycle:/.test(file.head)) return 'matter'
  const document = file.json()
  if (Array.isArray(document))
    return document.length > 0 && document.every(entry => 'cycle' in fields(entry) && 'eol' in fields(entry))
      ? 'v0'
      : undefined
  if (resultsOf(file).some(result => Array.isArray(result.releases))) return 'v1'
  const releases = Object.values(fields(fields(document).releases)).map(fields)
  return releases.length > 0 &&
    releases.every(release => 'name' in release) &&
    releases.some(release => 'eol' in release)
    ? 'release-data'
    : undefined
}

function resultsOf(file: FeedFile): Fields[] {
  const { result } = fields(file.json())
  return (Array.isArray(result) ? result : [result]).map(fields)
}

function* cycles(product: string, releases: unknown[]): Generator<FeedItem> {
  for (const release of releases.map(fields)) {
    const cycle = str(release.releaseCycle) || str(release.cycle) || str(release.name)
    const eol = endOf(release)
    if (cycle === '' || eol === undefined) continue
    const entry: EndOfLife = { product, cycle, eol }
    const extended = dateOf(release.eoesFrom ?? release.extendedSupport ?? release.eoes)
    if (extended !== undefined) entry.extended = extended
    yield { kind: 'eol', entry }
  }
}

function endOf(release: Fields): string | boolean | undefined {
  const stated = release.eolFrom ?? release.eol
  if (typeof stated === 'boolean') return stated
  return dateOf(stated) ?? (typeof release.isEol === 'boolean' ? release.isEol : undefined)
}

function dateOf(value: unknown): string | undefined {
  return /^\d{4}-\d\d-\d\d/.exec(str(value))?.[0]
}

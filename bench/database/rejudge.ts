import type { Inventory } from '../../src/base/model/inventory.ts'
import type { Package } from '../../src/base/model/package.ts'
import { match } from '../../src/scan/advisories/match/match.ts'
import { openDatabase } from '../../src/scan/advisories/store/reader.ts'

const images = 400
const perImage = 500

/** What a server does when new advisories arrive: all stored packages are judged again, without reading an image. */
export function measureRejudging(
  path: string,
  keys: number,
  random: () => number,
  say: (what: string, result: string, met?: boolean) => void,
): void {
  const inventories = Array.from({ length: images }, () => stored(keys, random))
  const db = openDatabase(path)
  const before = performance.now()
  let findings = 0
  for (const inventory of inventories) findings += match(inventory, db, {}).findings.length
  const spent = (performance.now() - before) / 1000
  db.close()
  const rows = images * perImage
  const rate = Math.round(rows / spent).toLocaleString('en')
  say(
    're-judging',
    `${rows.toLocaleString('en')} packages of ${images} images in ${spent.toFixed(1)} s (${rate} a second), ${findings.toLocaleString('en')} findings`,
    (spent * 200_000) / rows <= 10,
  )
}

/** An image of Debian packages and what npm and pip brought; most of what runs is up to date, as it is in real images. */
function stored(keys: number, random: () => number): Inventory {
  const packages = Array.from({ length: perImage }, (_, i): Package => {
    const kind = ['deb', 'npm', 'pypi'][i % 3] as string
    const key = Math.floor((random() * keys) / 4) * 4 + (i % 3)
    const name = `package-${key}`
    const old = random() < 0.1
    const version = `${old ? 5 : 9}.${Math.floor(random() * 30) + (old ? 0 : 30)}.${Math.floor(random() * 30)}`
    const purl = `pkg:${kind}/${name}@${version}`
    return {
      id: `${purl}#${i}`,
      name,
      version: kind === 'deb' ? `${version}-1` : version,
      type: kind,
      purl,
      foundBy: kind,
      path: 'x',
      licenses: [],
      dependsOn: [],
    }
  })
  const artifact = { name: 'image', type: 'rootfs' as const, repoTags: [], repoDigests: [], layers: [], size: 0 }
  return { artifact, packages, incomplete: [], timing: {}, os: { family: 'debian', version: '12', release: {} } }
}

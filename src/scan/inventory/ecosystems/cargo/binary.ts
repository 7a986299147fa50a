import { inflateSync } from 'node:zlib'
import { readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import { itemsAt, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { ContentFile, Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { openPrograms } from '../../../../base/program/open.ts'

/** Rust programs built by `cargo auditable`: the list of crates that it links in. */
export const rustbinary: Extractor = {
  id: 'rustbinary',
  revision: 1,
  stage: 'installed',
  patterns: [{ executable: true }],
  parse: parseBinary,
}

const sectionName = '.dep-v0'
const maxCompressed = 8 * 1024 * 1024
const maxJson = 64 * 1024 * 1024

/**
 * Section `.dep-v0` holds JSON compressed with zlib (cargo-auditable's PARSING.md): `{ packages: [{ name, version, source, kind, dependencies, root }] }`,
 * dependencies being positions in that list. Packages of kind `build` ran at build time and are not in the program.
 */
function parseBinary(file: ContentFile): FoundPackage[] | undefined {
  for (const { program, source } of openPrograms(file)) {
    const section = program.sections.find(item => item.name === sectionName)
    if (section === undefined) continue
    if (section.size > maxCompressed) throw new JennerError('limit_exceeded', `${sectionName} of ${section.size} bytes`)
    return packagesOf(inflate(readExactly(source, section.offset, section.size)))
  }
  return undefined
}

function inflate(bytes: Buffer): string {
  try {
    return inflateSync(bytes, { maxOutputLength: maxJson }).toString('utf8')
  } catch (error) {
    throw new JennerError('malformed', `${sectionName} does not inflate`, error)
  }
}

function packagesOf(text: string): FoundPackage[] {
  const items = itemsAt(readJson(text), 'packages')
  const inside = items.map(
    item => stringAt(item, 'name') !== undefined && (stringAt(item, 'kind') ?? 'runtime') === 'runtime',
  )
  const roots = new Set(items.flatMap((item, index) => (own(item, 'root') === true ? [index] : [])))
  const direct = new Set([...roots].flatMap(index => positions(items[index])))
  return items.flatMap((item, index) => {
    if (!inside[index]) return []
    const source = stringAt(item, 'source')
    const relationship = roots.has(index) ? 'root' : direct.has(index) ? 'direct' : 'indirect'
    return {
      id: String(index),
      name: stringAt(item, 'name')!,
      version: stringAt(item, 'version') ?? '',
      licenses: [],
      relationship,
      dependsOn: positions(item)
        .filter(position => inside[position])
        .map(String),
      ...(source === undefined ? {} : { extra: { source } }),
    }
  })
}

function readJson(text: string): Record<string, unknown> {
  try {
    return parseJsonObject(text)
  } catch (error) {
    throw new JennerError('malformed', `${sectionName} is no JSON object`, error)
  }
}

const positions = (item: unknown) => itemsAt(item, 'dependencies').filter(value => typeof value === 'number')

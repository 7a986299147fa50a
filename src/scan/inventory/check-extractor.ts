import { ok } from 'node:assert/strict'
import type { AnyExtractor, FoundPackage } from '../../base/model/ecosystem.ts'
import { memoryFile } from '../image/content.ts'
import { createDispatch } from './dispatch.ts'

/** For tests: the packages that an extractor finds in files given as path → content. Fails when its patterns do not want one of the paths. */
export function foundIn(extractor: AnyExtractor, contents: Record<string, string | Uint8Array>): FoundPackage[] {
  const dispatch = createDispatch([extractor])
  const files = Object.entries(contents).flatMap(([path, content]) => {
    const bytes = Buffer.from(content)
    const entry = { path, size: bytes.length, mode: 0o644 }
    ok(dispatch.wanted(entry).includes(extractor), `${extractor.id} wants ${path}`)
    const facts: unknown = extractor.parse(memoryFile(entry, bytes))
    return facts === undefined ? [] : [{ path, facts }]
  })
  if (!extractor.assemble) return files.flatMap(({ facts }) => facts as FoundPackage[])
  return extractor.assemble({ files, get: path => files.find(file => file.path === path)?.facts })
}

/** For tests: whether an extractor wants a path. */
export function wants(extractor: AnyExtractor, path: string, size = 1): boolean {
  return createDispatch([extractor]).wanted({ path, size, mode: 0o644 }).length > 0
}

/** For tests: `name version` of each, `(development)` behind those that are. */
export function named(packages: FoundPackage[]): string[] {
  return packages.map(({ name, version, development }) => `${name} ${version}${development ? ' (development)' : ''}`)
}

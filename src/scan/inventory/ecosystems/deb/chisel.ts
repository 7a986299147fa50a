import { zstdDecompressSync } from 'node:zlib'
import { itemsAt, parseJson, stringAt } from '../../../../base/json.ts'
import { MiB } from '../../../../base/limits.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Chisel's manifest of an Ubuntu image made of package slices: `var/lib/chisel/manifest.wall`, zstd over a "jsonwall", one JSON object a line:
 *
 *     { jsonwall: "1.0", schema, count }
 *     { kind: "package", name, version, sha256, arch }
 *     { kind: "path", path, slices: ["PACKAGE_SLICE", …], … }
 */
export const chisel: Extractor = {
  id: 'chisel',
  revision: 1,
  stage: 'installed',
  patterns: [{ path: 'var/lib/chisel/manifest.wall' }],
  maxBytes: 32 * MiB,
  parse: file => packagesOf(zstdDecompressSync(file.bytes(), { maxOutputLength: 256 * MiB }).toString('utf8')),
}

function packagesOf(wall: string): FoundPackage[] {
  const packages = new Map<string, FoundPackage & { files: string[] }>()
  const paths: { path: string; slices: unknown[] }[] = []
  for (const line of wall.split('\n')) {
    if (line === '') continue
    const entry = parseJson(line)
    const name = stringAt(entry, 'name')
    const path = stringAt(entry, 'path')
    if (stringAt(entry, 'kind') === 'package' && name) packages.set(name, packageOf(name, entry))
    else if (stringAt(entry, 'kind') === 'path' && path) paths.push({ path, slices: itemsAt(entry, 'slices') })
  }
  for (const { path, slices } of paths)
    for (const slice of slices)
      if (typeof slice === 'string' && !path.endsWith('/'))
        packages.get(slice.split('_', 1)[0]!)?.files.push(path.slice(1))
  return [...packages.values()]
}

function packageOf(name: string, entry: unknown): FoundPackage & { files: string[] } {
  const arch = stringAt(entry, 'arch')
  return { name, version: stringAt(entry, 'version') ?? '', files: [], ...(arch && { arch }) }
}

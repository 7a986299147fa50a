import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
  /** Fonts and pictures that its styles name. */
  assets?: string[]
}

/** What a browser fetches, in bytes of gzip (fonts as they are), before Today stands: the page, its entry, what that imports, one language, and the first screen. */
export function firstLoad(dir: string): { bytes: number; files: { name: string; bytes: number }[] } {
  const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as Record<string, Chunk>
  const names = new Set<string>(['index.html'])
  const seen = new Set<string>()
  const take = (key: string): void => {
    const chunk = manifest[key]
    if (chunk === undefined || seen.has(key)) return
    seen.add(key)
    names.add(chunk.file)
    for (const name of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) names.add(name)
    for (const next of chunk.imports ?? []) take(next)
  }
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry) take(key)
  for (const key of Object.keys(manifest))
    if (/i18n\/console\/ko\.ts$|features\/today\/today\.tsx$/.test(key)) take(key)
  const files = [...names].map(name => {
    const content = readFileSync(join(dir, name))
    return { name, bytes: name.endsWith('.woff2') ? content.length : gzipSync(content, { level: 9 }).length }
  })
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files: files.sort((a, b) => b.bytes - a.bytes) }
}

import { readdirSync, readFileSync } from 'node:fs'
import type { LoadedRow } from '../runtime/watch/loaded.ts'

const maxProcesses = 20_000
const maxPaths = 20_000

export interface MappedOptions {
  /** The container of a pid, '' for none. */
  containerOf(pid: number): { id: string; imageId: string } | undefined
  /** For tests: in place of /proc. */
  proc?: string
}

/**
 * What the processes that run now have mapped: programs and libraries that were loaded before the sensor looked. proc(5), /proc/PID/maps:
 * `address perms offset dev inode pathname`; the path is as its process sees it.
 */
export function listMapped({ containerOf, proc = '/proc' }: MappedOptions): LoadedRow[] {
  const rows = new Map<string, { imageId: string; paths: Set<string> }>()
  for (const name of readdirSync(proc).slice(0, maxProcesses)) {
    if (!/^\d+$/.test(name)) continue
    const container = containerOf(Number(name))
    if (container === undefined) continue
    const row = rows.get(container.id) ?? { imageId: container.imageId, paths: new Set() }
    rows.set(container.id, row)
    for (const path of mappedBy(`${proc}/${name}/maps`)) if (row.paths.size < maxPaths) row.paths.add(path)
  }
  return [...rows].map(([containerId, { imageId, paths }]) => ({ containerId, imageId, paths: [...paths] }))
}

function mappedBy(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap(line => pathOf(line) ?? [])
  } catch {
    return []
  }
}

/** The file of one line; what was removed from disk since, and what is no file, is none. */
export function pathOf(line: string): string | undefined {
  const path = /^\S+ \S+ \S+ \S+ \d+\s+(\/.*)$/.exec(line)?.[1]
  if (path === undefined || path.endsWith(' (deleted)') || /^\/(dev|proc|sys|memfd:)/.test(path)) return undefined
  // seq_file escapes newlines in names: \012.
  return path.slice(1).replaceAll('\\012', '\n')
}

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const cache = join(import.meta.dirname, '../../../.work/debian')

/**
 * Debian packages unpacked into a folder of their own: nothing is installed, and no service of theirs starts. Fetched once; answers the folder, or why there is none.
 */
export function unpackDebian(packages: readonly string[]): { root: string } | { refused: string } {
  const root = join(cache, packages.join('+'))
  if (existsSync(root)) return { root }
  const needs = `needs Debian's ${packages.join(', ')}`
  if (spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).status !== 0) return { refused: needs }
  mkdirSync(cache, { recursive: true })
  const part = mkdtempSync(join(cache, 'part-'))
  const fetched = (): boolean =>
    spawnSync('apt-get', ['download', ...packages], { cwd: part, stdio: 'ignore', timeout: 300_000 }).status === 0
  try {
    if (!fetched()) {
      // Lists that are too old, or none, as in a fresh container.
      spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: 120_000 })
      if (!fetched()) return { refused: needs }
    }
    const out = join(part, 'root')
    for (const file of readdirSync(part).filter(name => name.endsWith('.deb')))
      if (spawnSync('dpkg-deb', ['-x', join(part, file), out], { stdio: 'ignore' }).status !== 0)
        return { refused: needs }
    renameSync(out, root)
    return { root }
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
}

/** Folders below an unpacked root where its libraries are. */
export function librariesOf(root: string): string {
  return ['x86_64-linux-gnu', 'aarch64-linux-gnu']
    .flatMap(arch => [join(root, 'usr/lib', arch), join(root, 'lib', arch)])
    .join(':')
}

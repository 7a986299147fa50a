import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the advisory database stands when nothing else is said: `CACHE/db/advisories.jdb`, the cache folder being the one given, or `jenner` in the user's (XDG). */
export function databasePath(cacheDir?: string, env: NodeJS.ProcessEnv = process.env): string {
  const cache = cacheDir ?? join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'jenner')
  return join(cache, 'db', 'advisories.jdb')
}

import type { Package } from '../../base/model/package.ts'
import { runInspection } from './run.ts'

/**
 * The packages that a folder states: in lock files and manifests as well as installed. Development dependencies only when asked for.
 * Files that cannot be read are passed over; `inspect` tells them. Throws JennerError target_not_found, target_unreadable.
 */
export async function findPackages(
  dir: string,
  { includeDevelopment = false }: { includeDevelopment?: boolean } = {},
): Promise<Package[]> {
  const target = { kind: 'fs', name: dir } as const
  const { packages } = await runInspection({ target, stages: ['lock', 'installed'], includeDevelopment })
  return packages
}

import type { Package } from '../../../base/model/package.ts'

/**
 * Packages that a third party rebuilds with security fixes under a version of its own, and publishes advisories for. The original's advisories would
 * call them vulnerable, so the rebuilder's data decides where the database has it.
 *
 * Seal Security: `3.1.8-sp1` (npm, Go), `4.2.8+sp1` (PyPI, Maven), `2.0.7.0.1.sp1` (gems), or a renamed package.
 * Root.io: `1.2.3-root.io.1`, `1.2.3+root.io.1`.
 */
export function rebuiltEcosystem(ecosystem: string, pkg: Pick<Package, 'name' | 'version'>): string | undefined {
  if (/[-+.]root\.io\.\d+$/.test(pkg.version)) return `Root:${ecosystem}`
  const renamed = /^(?:@seal-security\/|seal-|sealsecurity\.io\/|seal\.sp\d+\.)/.test(pkg.name)
  return renamed || /[-+.]sp\d+$/.test(pkg.version) ? `Seal:${ecosystem}` : undefined
}

import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * cabal.project.freeze: `constraints: any.NAME ==VERSION,` one a line, `--` begins a comment.
 * Constraints without `any.` are about flags, or about one user of a package, and name no choice of the solver.
 */
export const cabalFreeze: Extractor = {
  id: 'cabal',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'cabal.project.freeze' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => file.text().split('\n').flatMap(packagesOfLine),
}

const pinned = /\bany\.([A-Za-z0-9-]{1,255}) {0,20}== {0,20}([0-9.]{1,255})/g

function packagesOfLine(line: string, index: number): FoundPackage[] {
  if (/^\s*--/.test(line)) return []
  const lines = { start: index + 1, end: index + 1 }
  return [...line.matchAll(pinned)].map(([, name, version]) => ({ name: name!, version: version!, lines }))
}

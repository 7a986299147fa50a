import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * cabal.project.freeze: `constraints: any.NAME ==VERSION,` one a line, `--` begins a comment.
 * Without `any.`, by hand, the same holds for a bare name. Constraints with flags, or about one user of a package (`user:name`, `setup.name`), name no choice of the solver.
 */
export const cabalFreeze: Extractor = {
  id: 'cabal',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'cabal.project.freeze' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => file.text().split('\n').flatMap(packagesOfLine),
}

const pinned =
  /(?:^|,[ \t]{0,40}|^constraints:[ \t]{0,40}|^[ \t]{1,40})(?:any\.)?([A-Za-z][A-Za-z0-9-]{0,254}) {0,20}== {0,20}([0-9.]{1,255})(?![0-9.]*\*)/g

function packagesOfLine(line: string, index: number): FoundPackage[] {
  if (/^\s*--/.test(line)) return []
  const lines = { start: index + 1, end: index + 1 }
  return [...line.matchAll(pinned)].map(([, name, version]) => ({ name: name!, version: version!, lines }))
}

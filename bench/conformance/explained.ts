import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Cases in which we will not agree, and why. A reason is not taken on trust: `holds` of each run must show it, or the case counts as open.
 * - `development`: the peer left development packages out, though the cases' own rule counts them. Shown by agreement once ours leaves them out too.
 * - `direct`: the peer was told to list direct dependencies only. Shown by agreement once ours leaves out what it knows to be indirect.
 * - `same input`: the peer was given an option that reverses its own default. Shown by another case with the very same files whose answer we agree with.
 */
export type Explanation = { why: 'development' } | { why: 'direct' } | { why: 'same input'; as: string }

export const explainedPackages: Record<string, Explanation> = {
  'deb--osv-scalibr-os-dpkg-testextract-statusfield-including-not-installed': {
    why: 'same input',
    as: 'deb--osv-scalibr-os-dpkg-testextract-statusfield',
  },
  'golang--osv-scalibr-language-golang-gomod-testextractor_extract_withexcludeindirectconfi': { why: 'direct' },
  'npm--trivy-nodejs-pnpm-testparse-many': { why: 'development' },
  'pypi--syft-python-testparsepipfilelock': { why: 'development' },
}

/** Whether two folders hold the same files with the same bytes. */
export function sameFiles(a: string, b: string): boolean {
  const [inA, inB] = [filesOf(a), filesOf(b)]
  if (inA.join('\0') !== inB.join('\0')) return false
  return inA.every(name => readFileSync(join(a, name)).equals(readFileSync(join(b, name))))
}

function filesOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter(name => statSync(join(folder, name)).isFile()).sort()
}

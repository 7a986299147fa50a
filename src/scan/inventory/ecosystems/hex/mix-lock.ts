import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * mix.lock, an Elixir map with one dependency a line:
 *
 *     "name": {:hex, :package, "version", "checksum", [managers], [{:need, "requirement", [options]}, …], "repository", "checksum"},
 *     "name": {:git, "address", "commit", [options]},
 *
 * What comes from a repository has the commit for its version.
 */
export const mixLock: Extractor = {
  id: 'hex',
  revision: 3,
  stage: 'lock',
  patterns: [{ basename: 'mix.lock' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => file.text().split('\n').flatMap(packageOf),
}

/** Before Elixir 1.4 the first entry stood in the line of the opening `%{`, and names need no quotes where they are plain atoms. */
const hexLine = /^\s*(?:%\{\s*)?"?([^":\s]{1,255})"?:\s*\{\s*:hex,\s*:"?([^",\s]{1,255})"?,\s*"([^"]{1,255})"/
const gitLine = /^\s*(?:%\{\s*)?"?([^":\s]{1,255})"?:\s*\{\s*:git,\s*"([^"]{1,2000})",\s*"([0-9a-f]{7,64})"/
const need = /\{:"?([A-Za-z0-9_]{1,255})"?, "[^"]{0,255}", \[hex:/g

function packageOf(line: string, index: number): FoundPackage[] {
  const lines = { start: index + 1, end: index + 1 }
  const hex = hexLine.exec(line)
  if (hex) {
    const dependsOn = [...line.matchAll(need)].map(match => match[1]!)
    return [{ id: hex[1]!, name: hex[2]!, version: hex[3]!, lines, dependsOn }]
  }
  const git = gitLine.exec(line)
  if (!git) return []
  const tag = /\btag: "([^"]{1,255})"/.exec(line)?.[1]
  const extra = { resolved: git[2]!, commit: git[3]!, ...(tag && { tag }) }
  return [{ id: git[1]!, name: git[1]!, version: git[3]!, lines, extra }]
}

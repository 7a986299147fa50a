import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { referenceOf } from './conan-lock.ts'

/** Where the package of a conaninfo.txt is told by its folders: Conan 1's cache, and what `conan install --deployer=full_deploy` copies. */
const places = [
  /(?:^|\/)data\/([^/]{1,200})\/([^/]{1,200})\/[^/]+\/[^/]+\/package\/[^/]+\/conaninfo\.txt$/,
  /(?:^|\/)full_deploy\/(?:host|build)\/([^/]{1,200})\/([^/]{1,200})\/(?:[^/]+\/){0,4}conaninfo\.txt$/,
]

/**
 * conaninfo.txt, beside every package that Conan built or fetched. `[full_requires]` (Conan 1: `name/version:package id`) and `[requires]` (Conan 2, whole
 * references; in Conan 1 versions are cut, `1.2.Z`) state what it was built against.
 */
export const conaninfo: Extractor = {
  id: 'conaninfo',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'conaninfo.txt' }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const sections = sectionsOf(file.text())
    const needs =
      sections.get('full_requires') ?? (sections.get('requires') ?? []).filter(line => !/\d\.[YZ](?:\b|$)/.test(line))
    const needed = needs.flatMap(line => referenceOf(line.replace(/:[0-9a-zA-Z_]{1,64}$/, '')) ?? [])
    const [, name, version] = places.map(place => place.exec(file.path)).find(match => match !== null) ?? []
    const own: FoundPackage[] = name && version ? [{ name, version, dependsOn: needed.map(need => need.name) }] : []
    return [...own, ...needed]
  },
}

function sectionsOf(text: string): Map<string, string[]> {
  const sections = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s{0,20}\[([a-z_]{1,40})\]\s{0,20}$/.exec(line)?.[1]
    if (heading) {
      lines = []
      sections.set(heading, lines)
    } else if (line.trim() !== '') lines.push(line.trim())
  }
  return sections
}

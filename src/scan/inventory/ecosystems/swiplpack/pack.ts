import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** pack.pl of a pack (SWI-Prolog manual, "Structure of a pack"): facts `name(NAME).`, `version('1.2.3').`, `author(NAME, ADDRESS).`, `requires(PACK)`. */
export const prologPack: Extractor = {
  id: 'swipl-pack',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'pack.pl' }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const text = file.text()
    const [name] = factsOf(text, 'name')
    const [version] = factsOf(text, 'version')
    return name && version
      ? [{ name, version, dependsOn: factsOf(text, 'requires') } satisfies FoundPackage]
      : undefined
  },
}

/** The first argument of each fact of that name: an atom, in quotes or not, a string or a number. */
function factsOf(text: string, name: string): string[] {
  const fact = new RegExp(
    `^[ \\t]{0,20}${name}[ \\t]{0,20}\\([ \\t]{0,20}(?:'([^'\\n]{1,200})'|"([^"\\n]{1,200})"|([A-Za-z0-9_.]{1,200}))[^\\n]{0,400}\\)[ \\t]{0,20}\\.`,
    'gm',
  )
  return [...text.matchAll(fact)].map(match => match[1] ?? match[2] ?? match[3]!)
}

import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

interface Facts {
  /** Undefined for a go.mod, which says it itself. */
  modules?: FoundPackage[]
}

/**
 * vendor/modules.txt, where no go.mod stands above it (an image that holds the sources without): `# PATH VERSION [=> PATH VERSION]` a module, `## explicit` for those
 * that go.mod would name, then its packages.
 */
export const goVendor: Extractor<Facts> = {
  id: 'govendor',
  revision: 2,
  stage: 'lock',
  patterns: [
    { basename: 'modules.txt', where: ({ path }) => /(?:^|\/)vendor\/modules\.txt$/.test(path) },
    { basename: 'go.mod' },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: file => (file.path.endsWith('.mod') ? {} : { modules: modulesOf(file.text()) }),
  assemble: ({ files, get }) =>
    files.flatMap(({ path, facts }) =>
      facts.modules && get(path.replace(/vendor\/modules\.txt$/, 'go.mod')) === undefined
        ? facts.modules.map(found => ({ ...found, path }))
        : [],
    ),
}

const module = /^# (\S{1,500})(?: (v\S{1,200}))?(?: => (\S{1,500})(?: (v\S{1,200}))?)?\s*$/

function modulesOf(text: string): FoundPackage[] {
  if (text.trim() !== '' && !text.includes('# ')) throw new SyntaxError('not a modules.txt')
  return text.split('\n').flatMap((line, index): FoundPackage[] => {
    const [, path, version, other, otherVersion] = module.exec(line) ?? []
    const [name, used] = other ? [other, otherVersion] : [path, version]
    // Replacements without a version on their left stand at the file's end whether they had an effect or not.
    return name && used && version ? [{ name, version: used, lines: { start: index + 1, end: index + 1 } }] : []
  })
}

import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * conanfile.txt: sections `[requires]`, `[build_requires]`, `[tool_requires]`, `[test_requires]` with a reference `name/version[@user/channel][#revision]` a line.
 * A range (`name/[>=1.0]`) is not a version, and is left out. conanfile.py: `requires = "…", "…"`, `self.requires("…")` and their kin.
 */
export const conanfile: Extractor = {
  id: 'conanfile',
  revision: 2,
  stage: 'lock',
  patterns: [
    { basename: 'conanfile.txt' },
    // Recipes in Conan's own cache say what their packages would require; the cache says what is there.
    { basename: 'conanfile.py', where: ({ path }) => !/(?:^|\/)(?:p\/[^/]+\/e|export)\/conanfile\.py$/.test(path) },
  ],
  maxBytes: 1024 * 1024,
  parse: file => (file.path.endsWith('.py') ? packagesOfRecipe(file.text()) : packagesOf(file.text())),
}

const needing = /^[ \t]{0,40}(?:self\.)?((?:build_|tool_|test_|python_)?requires)[ \t]{0,10}(?:=|\()/
const quoted = /["']([a-z0-9_][a-z0-9_+.-]{0,100})\/([^@#\s"'[\]{}]{1,100})[^"'\n]{0,200}["']/g

/** Texts that are whole references in statements of requirements, over as many lines as a bracket is open. A recipe is a program: what it computes is not seen. */
function packagesOfRecipe(text: string): FoundPackage[] {
  const found: FoundPackage[] = []
  let kind: string | undefined
  let open = 0
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const code = line.replace(/(?:^|\s)#.*$/s, '')
    if (open === 0) kind = needing.exec(code)?.[1]
    if (kind === undefined) continue
    open = Math.max(0, open + count(code, '([') - count(code, ')]'))
    const development = kind !== 'requires'
    for (const [, name, version] of code.matchAll(quoted))
      found.push({
        name: name!,
        version: version!,
        lines: { start: index + 1, end: index + 1 },
        relationship: 'direct',
        ...(development && { development }),
      })
  }
  return found
}

const count = (text: string, brackets: string): number => [...text].filter(char => brackets.includes(char)).length

function packagesOf(text: string): FoundPackage[] {
  const found: FoundPackage[] = []
  let section = ''
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/(?:^|\s)#.*$/s, '').trim()
    const heading = /^\[([a-z_]{1,64})\]$/.exec(content)?.[1]
    if (heading) section = heading
    else if (/^(?:build_|tool_|test_)?requires$/.test(section)) {
      const [, name, version] = /^([^/\s]{1,255})\/([^@#\s[\]]{1,255})/.exec(content) ?? []
      const development = section !== 'requires'
      const lines = { start: index + 1, end: index + 1 }
      if (name && version)
        found.push({ name, version, lines, relationship: 'direct', ...(development && { development }) })
    }
  }
  return found
}

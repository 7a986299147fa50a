import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * conanfile.txt: sections `[requires]`, `[build_requires]`, `[tool_requires]`, `[test_requires]` with a reference `name/version[@user/channel][#revision]` a line.
 * A range (`name/[>=1.0]`) is not a version, and is left out.
 */
export const conanfile: Extractor = {
  id: 'conanfile',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'conanfile.txt' }],
  maxBytes: 1024 * 1024,
  parse: file => packagesOf(file.text()),
}

function packagesOf(text: string): FoundPackage[] {
  const found: FoundPackage[] = []
  let section = ''
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/(?:^|\s)#.*$/, '').trim()
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

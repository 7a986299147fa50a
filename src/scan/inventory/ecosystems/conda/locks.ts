import { foundList } from '../../../../base/found.ts'
import { itemsAt, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { parseYamlObject } from '../../../../base/yaml.ts'

/**
 * What conda-lock and pixi chose (YAML), the same package for several platforms once:
 *
 *     conda-lock.yml  package: [{ name, version, manager: conda | pip, platform, category, url, hash }]
 *     pixi.lock       packages: [{ kind: conda | pypi, name, version, url }], from version 6 on { conda | pypi: ADDRESS, name, version }
 *
 * and lists of addresses behind a line `@EXPLICIT`, which conda itself and conda-lock write (`spec-file.txt`, `conda-linux-64.lock`).
 */
export const condaLock: Extractor = {
  id: 'conda-lock',
  revision: 2,
  stage: 'lock',
  patterns: [
    { basename: 'conda-lock.yml' },
    { basename: 'conda-lock.yaml' },
    { basename: 'pixi.lock' },
    { extension: '.lock', where: ({ path }) => /(?:^|\/)conda-[^/]+\.lock$/.test(path) },
    { extension: '.txt', where: ({ path }) => /(?:^|\/)(?:[^/]*(?:spec|explicit|conda)[^/]*)\.txt$/i.test(path) },
  ],
  maxBytes: 64 * 1024 * 1024,
  parse: file => {
    if (/\.txt$|(?:^|\/)conda-[^/]+\.lock$/.test(file.path)) return explicitPackages(file.text())
    const lock = parseYamlObject(file.text())
    const found = foundList()
    for (const item of [...itemsAt(lock, 'package'), ...itemsAt(lock, 'packages')]) {
      const pkg = packageOf(item)
      if (pkg) found.add(pkg)
    }
    return found.all()
  },
}

function packageOf(item: unknown): FoundPackage | undefined {
  const [conda, pypi] = [stringAt(item, 'conda'), stringAt(item, 'pypi')]
  const manager = stringAt(item, 'manager') ?? stringAt(item, 'kind') ?? (pypi === undefined ? 'conda' : 'pypi')
  const isPython = manager === 'pip' || manager === 'pypi'
  const [, fileName, fileVersion] = isPython ? [] : condaFile(conda ?? stringAt(item, 'url'))
  const name = stringAt(item, 'name') ?? fileName
  const version = stringAt(item, 'version') ?? fileVersion
  if (!name || !version) return undefined
  const development = (stringAt(item, 'category') ?? 'main') !== 'main'
  return {
    id: `${manager}:${name}@${version}`,
    name,
    version,
    ...(isPython && { type: 'pypi' }),
    ...(development && { development }),
  }
}

/** A text without that line is another one's. */
function explicitPackages(text: string): FoundPackage[] {
  if (!/^@EXPLICIT[ \t\r]*$/m.test(text)) return []
  const found = foundList()
  for (const [index, line] of text.split('\n').entries()) {
    const [, name, version] = condaFile(line.trim().replace(/#.*$/s, ''))
    if (name && version) found.add({ name, version, lines: { start: index + 1, end: index + 1 } })
  }
  return found.all()
}

/** `…/NAME-VERSION-BUILD.conda`, or `.tar.bz2`. */
function condaFile(url = ''): (string | undefined)[] {
  return /\/([^/]{1,200})-([^/-]{1,100})-[^/-]{1,100}\.(?:conda|tar\.bz2)$/.exec(url.slice(0, 2000)) ?? []
}

import { foundList, idOf } from '../../../../base/found.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

interface Spec {
  group: string
  name: string
  version: string
  needs: string[]
  line: number
}

/**
 * paket.lock (fsprojects.github.io/Paket/lock-file.html), by indentation:
 *
 *     [GROUP name]
 *     NUGET | GITHUB | HTTP | GIT
 *       remote: address
 *         Name (version) [- restriction: …]
 *           Dependency (constraints)
 *
 * Only NUGET sections hold packages. Groups resolve apart from one another.
 */
export const paket: Extractor = {
  id: 'paket',
  revision: 2,
  stage: 'lock',
  maxBytes: 16 << 20,
  patterns: [{ basename: 'paket.lock' }, { basename: 'paket.dependencies' }],
  parse: file => (file.path.endsWith('.lock') ? locked(file.text()) : declared(file.text())),
  assemble: view =>
    view.files.flatMap(({ path, facts }) => {
      if (path.endsWith('.dependencies') && view.get(path.replace(/dependencies$/, 'lock'))) return []
      const prefixed = (id: string) => `${path}#${id}`
      return facts.map(item => ({
        ...item,
        id: prefixed(idOf(item)),
        path,
        ...(item.dependsOn && { dependsOn: item.dependsOn.map(prefixed) }),
      }))
    }),
}

/**
 * paket.dependencies, where nothing is locked: `nuget NAME [constraint] [options]`, the constraint a version, or `=`, `>=`, `~>` and one, of which that
 * one is the lowest.
 */
function declared(text: string): FoundPackage[] {
  const found = foundList()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, name, operator = '', version] =
      /^\s*(?:nuget|clitool)\s+(\S+)\s+(==?|>=|~>|@~>|!)?\s*(\d[\w.+-]*)/i.exec(line.slice(0, 1000)) ?? []
    if (!name || !version) continue
    const isRange = operator === '>=' || operator.endsWith('~>')
    found.add({
      name,
      version,
      relationship: 'direct',
      lines: { start: index + 1, end: index + 1 },
      ...(isRange && { extra: { range: `${operator} ${version}` } }),
    })
  }
  return found.all()
}

function locked(text: string): FoundPackage[] {
  const specs = readSpecs(text)
  const key = (group: string, name: string) => `${group}\n${name.toLowerCase()}`
  const ids = new Map(specs.map(spec => [key(spec.group, spec.name), idOf(spec)]))
  const found = foundList()
  for (const { group, name, version, needs, line } of specs) {
    const dependsOn = needs.flatMap(needed => ids.get(key(group, needed)) ?? [])
    found.add({ name, version, lines: { start: line, end: line }, ...(dependsOn.length > 0 && { dependsOn }) })
  }
  return found.all()
}

function readSpecs(text: string): Spec[] {
  const specs: Spec[] = []
  let group = ''
  let nuget = false
  let number = 0
  for (const raw of text.split('\n')) {
    number++
    const line = raw.trimEnd()
    const content = line.trimStart()
    const indent = line.length - content.length
    if (content === '') continue
    if (indent === 0) {
      if (content.startsWith('GROUP ')) group = content.slice('GROUP '.length).trim()
      nuget = content === 'NUGET'
    } else if (nuget && indent === 4) {
      const [, name, version] = /^(\S+) \(([^)]+)\)/.exec(content) ?? []
      if (name && version) specs.push({ group, name, version: version.trim(), needs: [], line: number })
    } else if (nuget && indent === 6) {
      specs.at(-1)?.needs.push(content.split(' ', 1)[0] ?? '')
    }
  }
  return specs
}

import { entriesAt, entriesOf, own, parseJsonObject } from '../../../../base/json.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Bazel modules. MODULE.bazel.lock states what was chosen: `registryFileHashes: { "REGISTRY/modules/NAME/VERSION/source.json": … }` (only chosen modules have
 * their source.json read), in older ones `moduleDepGraph: { "NAME@VERSION": … }`. Without a lock MODULE.bazel's own `bazel_dep(name = …, version = …)`, or what `single_version_override` puts in place of it.
 */
export const bazelModules: Extractor = {
  id: 'bazel-module',
  revision: 2,
  stage: 'lock',
  patterns: [
    { basename: 'MODULE.bazel.lock' },
    { basename: 'MODULE.bazel' },
    // Parts of it, which it includes.
    { extension: '.bazel', where: ({ path }) => path.endsWith('.MODULE.bazel') },
  ],
  maxBytes: 64 * 1024 * 1024,
  parse: file => (file.path.endsWith('.lock') ? locked(parseJsonObject(file.text())) : declared(file.text())),
  assemble: assembleModules,
}

const chosen = /\/modules\/([a-z][\w.-]{0,200})\/([^/]{1,100})\/source\.json$/

function locked(lock: Record<string, unknown>): FoundPackage[] {
  const files = entriesAt(lock, 'registryFileHashes').flatMap(([url]): FoundPackage[] => {
    const [, name, version] = chosen.exec(url) ?? []
    return name && version ? [{ name, version }] : []
  })
  if (files.length > 0) return files
  return entriesOf(own(lock, 'moduleDepGraph')).flatMap(([key]): FoundPackage[] => {
    const at = key.lastIndexOf('@')
    const version = key.slice(at + 1)
    return at > 0 && version !== '' && version !== '_' ? [{ name: key.slice(0, at), version }] : []
  })
}

function declared(text: string): FoundPackage[] {
  const plain = text.replace(/^[ \t]*#.*$/gm, '')
  const overridden = new Map(
    [...plain.matchAll(/\bsingle_version_override\(([^()]{1,1000})\)/g)].flatMap(
      ([, body = '']): [string, string][] => {
        const [name, version] = [textOf(body, 'module_name'), textOf(body, 'version')]
        return name && version ? [[name, version]] : []
      },
    ),
  )
  return [...plain.matchAll(/\bbazel_dep\(([^()]{1,1000})\)/g)].flatMap(([, body = '']): FoundPackage[] => {
    const name = textOf(body, 'name')
    const version = overridden.get(name ?? '') ?? textOf(body, 'version')
    const development = /\bdev_dependency\s{0,20}=\s{0,20}True/.test(body)
    return name ? [{ name, version: version ?? '', relationship: 'direct', ...(development && { development }) }] : []
  })
}

/** The text that a call gives an argument. */
function textOf(body: string, argument: string): string | undefined {
  for (const [, name, text] of body.matchAll(/\b([a-z_]{1,40})\s{0,20}=\s{0,20}["']([^"'\n]{1,200})["']/g))
    if (name === argument) return text
  return undefined
}

function assembleModules({ files }: FactView<FoundPackage[]>): FoundPackage[] {
  const locked = files
    .filter(({ path, facts }) => path.endsWith('.lock') && facts.length > 0)
    .map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1))
  return files.flatMap(({ path, facts }) => {
    const isPart = path.endsWith('.MODULE.bazel')
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const isLocked = locked.some(other => (isPart ? folder.startsWith(other) : folder === other))
    return isLocked && !path.endsWith('.lock') ? [] : facts.map(found => ({ ...found, path }))
  })
}

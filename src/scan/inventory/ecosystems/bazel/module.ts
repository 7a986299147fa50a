import { entriesAt, entriesOf, own, parseJsonObject } from '../../../../base/json.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * Bazel modules. MODULE.bazel.lock states what was chosen: `registryFileHashes: { "REGISTRY/modules/NAME/VERSION/source.json": … }` (only chosen modules have
 * their source.json read), in older ones `moduleDepGraph: { "NAME@VERSION": … }`. Without a lock MODULE.bazel's own `bazel_dep(name = …, version = …)`.
 */
export const bazelModules: Extractor = {
  id: 'bazel-module',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'MODULE.bazel.lock' }, { basename: 'MODULE.bazel' }],
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
  const plain = text.replace(/^\s*#.*$/gm, '')
  return [...plain.matchAll(/\bbazel_dep\(([^()]{1,1000})\)/g)].flatMap(([, body = '']): FoundPackage[] => {
    const name = /\bname\s{0,20}=\s{0,20}["']([^"'\n]{1,200})["']/.exec(body)?.[1]
    const version = /\bversion\s{0,20}=\s{0,20}["']([^"'\n]{1,100})["']/.exec(body)?.[1]
    const development = /\bdev_dependency\s{0,20}=\s{0,20}True/.test(body)
    return name ? [{ name, version: version ?? '', relationship: 'direct', ...(development && { development }) }] : []
  })
}

function assembleModules({ files, get }: FactView<FoundPackage[]>): FoundPackage[] {
  return files.flatMap(({ path, facts }) => {
    const lock = path.endsWith('.lock') ? undefined : get(`${path}.lock`)
    return lock && lock.length > 0 ? [] : facts.map(found => ({ ...found, path }))
  })
}

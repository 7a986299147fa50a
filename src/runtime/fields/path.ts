import type { RuntimeEvent } from '../../base/model/runtime.ts'
import type { Reader } from './reader.ts'

/** The arguments that hold a path, in the order in which they are asked. */
const single = ['path', 'name', 'filename', 'pathname', 'dir']
const sources = ['oldpath', 'source', 'target', 'dev']
const targets = ['newpath', 'linkpath', 'dir']
const two = /^(rename|link|symlink|mount$|move_mount)/
const opens = /^(open|creat)/

/** `fs.path.*`: what a call on the file system is about, absolute; `…raw` as the program wrote it. */
export const pathReaders = {
  name: (event => (two.test(event.type) ? undefined : absolute(event, single))) as Reader,
  nameraw: (event => (two.test(event.type) ? undefined : first(event, single))) as Reader,
  source: (event => (two.test(event.type) ? absolute(event, sources) : undefined)) as Reader,
  sourceraw: (event => (two.test(event.type) ? first(event, sources) : undefined)) as Reader,
  target: (event => (two.test(event.type) ? absolute(event, targets) : undefined)) as Reader,
  targetraw: (event => (two.test(event.type) ? first(event, targets) : undefined)) as Reader,
} as const

function absolute(event: RuntimeEvent, names: readonly string[]): string | undefined {
  if (opens.test(event.type) && event.fd) return event.fd.name
  const path = first(event, names)
  if (path === undefined || path === '' || path.startsWith('/')) return path
  return resolvePath(event.process.cwd, path)
}

function first({ args }: RuntimeEvent, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = args[name]
    if (typeof value === 'string') return value
  }
  return undefined
}

/** `path` seen from `folder`, without `.` and `..`. */
function resolvePath(folder: string, path: string): string {
  const parts: string[] = []
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

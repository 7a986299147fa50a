/**
 * `npm run build:bpf`: compiles bpf/jenner.bpf.c for x86-64 and arm64 into bpf/dist/, and writes the offsets of its records
 * for TypeScript. Needs clang and libbpf's headers; whoever only runs Jenner needs neither, the objects are in the package.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BtfStruct, readStructs } from './btf.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Those that cross between kernel and TypeScript. */
export const shared = [
  'header',
  'section',
  'file_info',
  'socket_info',
  'credentials',
  'exec_info',
  'fork_info',
  'group',
  'container_policy',
  'seen_key',
  'mount_key',
  'prefix_key',
  'listed_key',
  'name_key',
  'counts',
  'settings',
] as const

/** One hash over every source, names and bytes, in order. */
export function hashSources(): string {
  const hash = createHash('sha256')
  for (const name of globSync('*.{c,h}', { cwd: join(root, 'bpf') }).sort())
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(root, 'bpf', name)))
      .update('\0')
  return hash.digest('hex')
}

/** The text of layout.ts for an object's structs. */
export function layoutText(structs: Map<string, BtfStruct>): string {
  const lines = [
    '/** Written by `npm run build:bpf` from the BTF of the compiled object: sizes and offsets in bytes. */',
  ]
  for (const name of shared) {
    const found = structs.get(name)
    if (found === undefined) throw new Error(`struct ${name} is not in the object`)
    const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    const members = Object.entries(found.members).map(([member, at]) => `  ${member}: ${at},`)
    lines.push(`export const ${camel} = {`, `  size_: ${found.size},`, ...members, '} as const', '')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function run(command: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: join(root, 'bpf') })
  if (error || status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`)
}

function build(): void {
  mkdirSync(join(root, 'bpf/dist'), { recursive: true })
  const sums: string[] = [`sources ${hashSources()}`]
  for (const arch of ['x86', 'arm64']) {
    const object = join(root, `bpf/dist/jenner.bpf.${arch}.o`)
    const defines = ['-target', 'bpf', `-D__TARGET_ARCH_${arch}`, '-fdebug-compilation-dir=.']
    run('clang', ['-g', '-O2', '-Wall', '-Werror', ...defines, '-c', 'jenner.bpf.c', '-o', object])
    run('bpftool', ['gen', 'object', `${object}.stripped`, object])
    run('mv', [`${object}.stripped`, object])
    sums.push(`${arch} ${createHash('sha256').update(readFileSync(object)).digest('hex')}`)
  }
  const structs = readStructs(readFileSync(join(root, 'bpf/dist/jenner.bpf.x86.o')))
  writeFileSync(join(root, 'src/runtime/sensor/layout.ts'), layoutText(structs))
  writeFileSync(join(root, 'bpf/dist/sums.txt'), `${sums.join('\n')}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build()

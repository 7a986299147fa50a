import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import { docker } from './docker.ts'

/** What the image brings where this machine has it: a shell, the core utilities, and what the scenarios ask for. */
const programs =
  'sh bash cat cp mv rm mkdir ln touch chmod head tail echo printf true uname id sleep base64 tar find grep sed perl setpriv env wc cut tr'.split(
    ' ',
  )

const folders = [
  'usr/bin',
  'usr/sbin',
  'usr/lib',
  'usr/lib64',
  'etc',
  'root',
  'tmp',
  'opt',
  'var/log',
  'proc',
  'sys',
  'dev',
  'mnt',
]

/**
 * Makes a small image of this machine's own programs and the libraries that they are linked with, and answers its name. Nothing is fetched.
 * Throws JennerError unsupported where there is no shell to copy, docker_unreachable where the daemon does not take it.
 */
export function buildImage(name: string): void {
  const root = mkdtempSync(join(tmpdir(), 'jenner-drill-'))
  try {
    for (const folder of folders) mkdirSync(join(root, folder), { recursive: true })
    for (const folder of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${folder}`, join(root, folder))
    for (const program of programs) addProgram(root, program)
    writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\ndrill:x:1000:1000::/tmp:/bin/sh\n')
    writeFileSync(join(root, 'etc/hostname'), 'drill\n')
    const archive = join(root, 'image.tar')
    const packed = spawnSync('tar', ['-C', root, '--exclude=./image.tar', '-cf', archive, '.'], { encoding: 'utf8' })
    if (packed.status !== 0)
      throw new JennerError('unsupported', `tar: ${packed.stderr ?? packed.error?.message ?? ''}`)
    const imported = docker(['import', archive, name])
    if (imported.status !== 0) throw new JennerError('docker_unreachable', imported.stderr.trim())
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Copies a program and its libraries; one that this machine lacks is left out (scenarios look for their tools themselves). */
function addProgram(root: string, name: string): void {
  const found = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']
    .map(folder => join(folder, name))
    .find(path => existsSync(path))
  if (found === undefined) {
    if (name === 'sh') throw new JennerError('unsupported', '/bin/sh')
    return
  }
  copyFileSync(realpathSync(found), join(root, 'usr/bin', name))
  for (const library of librariesOf(found)) {
    const to = join(root, library)
    mkdirSync(dirname(to), { recursive: true })
    if (!existsSync(to)) copyFileSync(realpathSync(library), to)
  }
}

/** `ldd` prints `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)` and `/lib64/ld-linux-x86-64.so.2 (0x…)`. */
function librariesOf(path: string): string[] {
  const { stdout } = spawnSync('ldd', [path], { encoding: 'utf8' })
  return [...(stdout ?? '').matchAll(/(?:=>\s*)?(\/\S+)\s+\(0x/g)]
    .map(match => match[1]!)
    .filter(library => basename(library).includes('.so'))
}

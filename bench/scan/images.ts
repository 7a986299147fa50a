import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { tarEntry } from '../../src/scan/image/testing.ts'
import { type Compressor, writeLayout } from './layout.ts'

/** Where inputs are kept between runs: they take minutes to make. */
const cache = join(import.meta.dirname, '../../.work/bench')

export const imageNames = ['debian', 'node_modules', 'large', 'tiny-files'] as const
export type ImageName = (typeof imageNames)[number]

/** The OCI layout of a bench image, made when it is not there. Throws when the machine cannot make it (no root, no debootstrap). */
export async function prepareImage(name: ImageName, compressor: Compressor): Promise<string> {
  const folder = join(cache, `${name}-${compressor}`)
  if (existsSync(join(folder, 'index.json'))) return folder
  rmSync(folder, { recursive: true, force: true })
  process.stderr.write(`making ${name} (${compressor}) …\n`)
  await writeLayout(folder, layersOf[name](), compressor)
  return folder
}

const layersOf: Record<ImageName, () => AsyncGenerator<Readable>> = {
  debian: debianLayers,
  node_modules: nodeLayers,
  large: largeLayers,
  'tiny-files': tinyLayers,
}

const packages =
  'build-essential openjdk-17-jdk-headless python3 python3-pip python3-numpy nodejs npm git golang-go ca-certificates-java'

/** A real Debian with compilers, a JDK, Python, Node and Go. */
function debianRoot(): string {
  const root = join(cache, 'debian-root')
  if (existsSync(root)) return root
  const part = `${root}.part`
  mkdirSync(cache, { recursive: true })
  rmSync(part, { recursive: true, force: true })
  const run = (command: string, args: string[]): void =>
    void execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  run('debootstrap', ['--variant=minbase', 'bookworm', part])
  // Java's scripts read /proc, and give up without it. The mount is seen by these processes alone and ends with them.
  const install = `DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends ${packages} && apt-get clean`
  const inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" sh -c "$1"'
  run('unshare', ['--mount', '--propagation', 'private', '--', 'sh', '-c', inside, part, install])
  renameSync(part, root)
  return root
}

/** Four layers, of which one holds most of the bytes, as in images people build. */
async function* debianLayers(): AsyncGenerator<Readable> {
  const root = debianRoot()
  const exclude = ['./usr/share', './usr/lib', './usr/bin'].map(path => `--exclude=${path}`)
  yield tar(root, ['.', ...exclude])
  yield tar(root, ['./usr/share'])
  yield tar(root, ['./usr/bin'])
  yield tar(root, ['./usr/lib'])
}

/** The libraries of Debian's npm and of this project, many times over, as the applications of one image. */
async function* nodeLayers(): AsyncGenerator<Readable> {
  const root = debianRoot()
  yield tar(root, ['./etc', './var/lib/dpkg'])
  const tree = join(cache, 'node-root')
  const modules = join(tree, 'node_modules')
  if (!existsSync(modules)) {
    mkdirSync(tree, { recursive: true })
    for (const from of [join(import.meta.dirname, '../../node_modules'), join(root, 'usr/share/nodejs')]) {
      cpSync(from, modules, {
        recursive: true,
        verbatimSymlinks: true,
        filter: isSmall,
        force: false,
        errorOnExist: false,
      })
    }
  }
  for (let layer = 0; layer < 4; layer++) yield applications(tree, layer * 3, 3)
}

/** Sources and documents, not the programs that some packages bring. */
function isSmall(path: string): boolean {
  const stat = lstatSync(path)
  return stat.isDirectory() || (stat.isFile() && stat.size < 1024 * 1024)
}

/** One tree as several applications, in one tar. */
function applications(tree: string, first: number, count: number): Readable {
  return Readable.from(
    (async function* () {
      for (let app = first; app < first + count; app++) {
        const transform = `--transform=s,^node_modules,srv/app${app}/node_modules,`
        for await (const piece of withoutEnd(tar(tree, ['node_modules', transform]))) yield piece
      }
      yield Buffer.alloc(1024)
    })(),
  )
}

/** A tar without its end mark, which GNU tar pads to 10,240 bytes with `-b 1` switched off: here it is exactly two blocks. */
async function* withoutEnd(stream: Readable): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0)
  for await (const piece of stream) {
    held = Buffer.concat([held, piece])
    yield held.subarray(0, -1024)
    held = held.subarray(-1024)
  }
}

/** 8 GB in 74 layers: what the Debian holds, again and again. */
async function* largeLayers(): AsyncGenerator<Readable> {
  const root = debianRoot()
  const parts = readdirSync(join(root, 'usr/lib')).map(name => `./usr/lib/${name}`)
  yield tar(root, ['./etc', './var/lib/dpkg'])
  for (let layer = 1; layer < 74; layer++) {
    const own = parts.filter((_, index) => index % 9 === layer % 9)
    yield tar(root, [...own, `--transform=s,^./usr,./opt/copy${layer},`])
  }
}

const tinyFiles = 3_000_000

async function* tinyLayers(): AsyncGenerator<Readable> {
  yield tar(debianRoot(), ['./etc', './var/lib/dpkg'])
  yield Readable.from(tinyPieces())
}

function* tinyPieces(): Generator<Buffer> {
  for (let at = 0; at < tinyFiles; at += 1000) {
    const entries = Array.from({ length: 1000 }, (_, i) =>
      tarEntry({ name: `srv/${at / 1000}/file-${at + i}`, data: `${at + i}\n` }),
    )
    yield Buffer.concat(entries)
  }
  yield Buffer.alloc(1024)
}

function tar(folder: string, args: string[]): Readable {
  const options = ['--sort=name', '--numeric-owner', '-b', '1', '-C', folder, '-cf', '-']
  const switches = args.filter(arg => arg.startsWith('--'))
  const paths = args.filter(arg => !arg.startsWith('--'))
  return spawn('tar', [...options, ...switches, ...paths], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout
}

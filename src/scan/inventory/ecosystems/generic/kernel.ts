import { readExactly } from '../../../../base/byte-source.ts'
import type { ContentFile, Extractor, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import { cpeOf } from './cpe.ts'

const isModule = ({ path }: FileEntry) => /(?:^|\/)lib\/modules\/[^/]+\/(?!kernel\/)/.test(path)

/** Linux itself: boot images, and modules that are not part of it (below `lib/modules/RELEASE/`, but not in `kernel/`). */
export const linuxKernel: Extractor = {
  id: 'linux-kernel',
  revision: 1,
  stage: 'installed',
  patterns: [
    { folder: 'boot', where: ({ path }) => /^boot\/(?:vmlinuz|vmlinux|bzImage|Image|kernel)/.test(path) },
    { basename: 'vmlinuz' },
    { extension: '.ko', where: isModule },
  ],
  parse: file => (file.path.endsWith('.ko') ? parseModule(file) : parseImage(file)),
}

const bootMagic = 0x53726448
const maxUncompressed = 64 * 1024 * 1024

/**
 * x86 boot protocol (Documentation/arch/x86/boot.rst): `HdrS` at 0x202; the 16 bits at 0x20e, plus 0x200, are the offset of the release, then of who
 * built it. Images that are not compressed (arm64's Image, vmlinux) hold the banner `Linux version RELEASE (`.
 */
function parseImage(file: ContentFile): FoundPackage[] | undefined {
  if (file.size < 0x1000) return undefined
  const header = readExactly(file, 0, 0x264)
  if (header.readUInt32LE(0x202) === bootMagic) {
    const at = header.readUInt16LE(0x20e) + 0x200
    if (at + 16 > file.size) return undefined
    const text = readExactly(file, at, Math.min(512, file.size - at)).toString('latin1')
    return kernelOf(/^\d{1,2}\.\d{1,3}\.\d{1,4}[^\s\0]{0,100}/.exec(text)?.[0])
  }
  return kernelOf(bannerOf(file))
}

function bannerOf(file: ContentFile): string | undefined {
  const near = 'Linux version '
  const step = 4 * 1024 * 1024
  for (let from = 0; from < Math.min(file.size, maxUncompressed); from += step) {
    const bytes = file.read(Math.max(0, from - 256), step + 256)
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = chunk.indexOf(near), hits = 0; at >= 0 && hits < 1000; at = chunk.indexOf(near, at + 1), hits++) {
      const match = /^Linux version (\d{1,2}\.\d{1,3}\.\d{1,4}[^\s\0]{0,100}) \(/.exec(
        chunk.toString('latin1', at, at + 200),
      )
      if (match) return match[1]
    }
  }
  return undefined
}

function kernelOf(release: string | undefined): FoundPackage[] | undefined {
  if (release === undefined) return undefined
  const upstream = /^\d+\.\d+\.\d+/.exec(release)?.[0] ?? release
  const cpe = cpeOf('linux:linux_kernel', upstream).replace(':a:', ':o:')
  return [{ name: 'linux', version: release, extra: { cpe } }]
}

/** Section `.modinfo`: `key=value`, each ended by a zero byte. */
function parseModule(file: ContentFile): FoundPackage[] | undefined {
  for (const { program, source } of openPrograms(file)) {
    const section = program.sections.find(({ name }) => name === '.modinfo')
    if (!section || section.size > 1024 * 1024) continue
    const info = new Map(
      readExactly(source, section.offset, section.size)
        .toString('utf8')
        .split('\0')
        .flatMap((line): [string, string][] => {
          const equals = line.indexOf('=')
          return equals > 0 ? [[line.slice(0, equals), line.slice(equals + 1)]] : []
        }),
    )
    const name = info.get('name') ?? file.path.slice(file.path.lastIndexOf('/') + 1, -3)
    const version = info.get('version')
    if (!version) return undefined
    const license = info.get('license')
    const kernel = info.get('vermagic')?.split(' ')[0]
    return [{ name, version, ...(license && { licenses: [license] }), ...(kernel && { extra: { kernel } }) }]
  }
  return undefined
}

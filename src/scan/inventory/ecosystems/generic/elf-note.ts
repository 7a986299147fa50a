import { readExactly } from '../../../../base/byte-source.ts'
import { parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Distro } from '../../../../base/model/distro.ts'
import type { ContentFile, Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import { packagePurl } from '../../package-purl.ts'

/** Programs that carry the package they were built as, whoever copied them: systemd's "Package Metadata for Executable Files". */
export const elfNote: Extractor = {
  id: 'elf-package',
  revision: 2,
  stage: 'installed',
  patterns: [{ executable: true }],
  parse: parseNote,
}

const maxNote = 64 * 1024
const fdoType = 0xcafe1a7e

/**
 * Section `.note.package`: an ELF note of owner `FDO` and that type, its text JSON: `{ type, name, version, architecture, os, osVersion, osCpe … }`. The program is that distribution's
 * wherever it was copied to.
 */
function parseNote(file: ContentFile): FoundPackage[] | undefined {
  for (const { program, source } of openPrograms(file)) {
    const section = program.sections.find(({ name }) => name === '.note.package')
    if (!section || section.size < 16 || section.size > maxNote) continue
    const note = readExactly(source, section.offset, section.size)
    const u32 = (at: number) => (program.little ? note.readUInt32LE(at) : note.readUInt32BE(at))
    const start = 12 + align4(u32(0))
    if (u32(8) !== fdoType || note.toString('latin1', 12, 15) !== 'FDO' || start + u32(4) > note.length) continue
    const text = note.toString('utf8', start, start + u32(4)).split('\0', 1)[0]!
    return packageOf(parseJsonObject(text))
  }
  return undefined
}

const align4 = (size: number) => (size + 3) & ~3
const osTypes = new Set(['rpm', 'deb', 'apk', 'alpm'])

function packageOf(note: Record<string, unknown>): FoundPackage[] | undefined {
  const name = stringAt(note, 'name')
  if (!name) return undefined
  const stated = stringAt(note, 'type') ?? ''
  const type = stated === 'arch' ? 'alpm' : stated
  const arch = stringAt(note, 'architecture')
  const extra: Record<string, string> = {}
  for (const key of ['osCpe', 'appCpe', 'maintainer'] as const) {
    const value = stringAt(note, key)
    if (value) extra[key === 'appCpe' ? 'cpe' : key] = value.slice(0, 300)
  }
  const found: FoundPackage = {
    name,
    version: stringAt(note, 'version') ?? '',
    ...(osTypes.has(type) && { type }),
    ...(arch && { arch }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
  const distro = osTypes.has(type) ? distroOf(note) : undefined
  return [distro ? { ...found, purl: packagePurl({ ...found, type }, distro) } : found]
}

/** `vendor:product` of the CPE names that distributions give themselves in os-release, and their ID there. */
const idOfCpe = new Map([
  ['almalinux:almalinux', 'almalinux'],
  ['amazon:amazon_linux', 'amzn'],
  ['centos:centos', 'centos'],
  ['fedoraproject:fedora', 'fedora'],
  ['microsoft:azurelinux', 'azurelinux'],
  ['opensuse:leap', 'opensuse-leap'],
  ['oracle:linux', 'ol'],
  ['redhat:enterprise_linux', 'rhel'],
  ['rocky:rocky', 'rocky'],
  ['suse:sles', 'sles'],
])

function distroOf(note: Record<string, unknown>): Distro | undefined {
  const [, vendor, product, stated] =
    /^cpe:(?:\/|2\.3:)o:([^:]{1,60}):([^:]{1,60})(?::([^:]{1,40}))?/.exec(stringAt(note, 'osCpe') ?? '') ?? []
  const id = stringAt(note, 'os') ?? idOfCpe.get(`${vendor}:${product}`)
  if (!id || !/^[a-z0-9._-]{1,60}$/.test(id)) return undefined
  const version = stringAt(note, 'osVersion') ?? (stated && /^\d/.test(stated) ? stated : '')
  return { family: id, version, release: { ID: id, VERSION_ID: version } }
}

import { gunzipSync } from 'node:zlib'
import { type ByteSource, readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import { MiB } from '../../../../base/limits.ts'
import type { ContentFile, Extractor, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import type { Package } from '../../../../base/model/package.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import { fieldsOf, type Program, readAddress } from '../../../../base/program/program.ts'
import { packagesOf, readSbom } from '../../sbom/read.ts'

/** Java programs that GraalVM compiled to machine code, by the SBOM that it puts into them (`--enable-sbom`). */
export const nativeImage: Extractor = {
  id: 'graalvm-native-image',
  revision: 1,
  stage: 'installed',
  patterns: [{ executable: true }],
  parse: parseImage,
}

const maxNames = 4 * MiB
const maxSymbols = 32 * MiB
const maxCompressed = 16 * MiB
const maxText = 64 * MiB
const symbolSize = 24

/**
 * A CycloneDX document, packed by gzip, at the exported symbol `sbom`; its length in bytes, a 64-bit number, at the exported symbol `sbom_length`
 * (GraalVM's reference, "Embedded SBOM"). ELF of 64 bits: there are no native images for others on Linux.
 */
function parseImage(file: ContentFile, problem?: ReportProblem): FoundPackage[] | undefined {
  for (const { program, source } of openPrograms(file)) {
    const symbols = program.format === 'elf' && program.bits === 64 ? exported(program, source) : undefined
    const [start, length] = [symbols?.get('sbom'), symbols?.get('sbom_length')]
    const stated = length === undefined ? undefined : readAddress(program, source, length, 8)
    if (start === undefined || stated?.length !== 8) continue
    const size = fieldsOf(stated, program.little).u64(0)
    if (size > maxCompressed) throw new JennerError('limit_exceeded', `an SBOM of ${size} bytes`)
    const sbom = readSbom(unpacked(readAddress(program, source, start, size) ?? Buffer.alloc(0)))
    for (const detail of sbom.problems.slice(0, 20)) problem?.('malformed', detail)
    return packagesOf(sbom).map(found)
  }
  return undefined
}

/** Addresses of the two symbols; undefined where they are not there, as in nearly every program. */
function exported(program: Program, source: ByteSource): Map<string, number> | undefined {
  const section = (wanted: string) => program.sections.find(({ name }) => name === wanted)
  const [names, table] = [section('.dynstr'), section('.dynsym')]
  if (!names || !table || names.size > maxNames || table.size > maxSymbols) return undefined
  const text = readExactly(source, names.offset, names.size).toString('latin1')
  if (!text.includes('sbom_length\0')) return undefined
  const symbols = fieldsOf(readExactly(source, table.offset, table.size), program.little)
  const found = new Map<string, number>()
  for (let at = 0; at + symbolSize <= symbols.length; at += symbolSize)
    for (const wanted of ['sbom', 'sbom_length'])
      if (text.startsWith(`${wanted}\0`, symbols.u32(at))) found.set(wanted, symbols.u64(at + 8))
  return found
}

function unpacked(bytes: Buffer): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxText }).toString('utf8')
  } catch (error) {
    throw new JennerError('malformed', 'the SBOM within does not inflate', error)
  }
}

/** As of any SBOM that lies in an image: where it stands is the program's path. */
function found({ path: _, foundBy: __, layer: ___, ownedBy: ____, extra: _____, ...pkg }: Package): FoundPackage {
  return pkg
}

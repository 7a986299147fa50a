import { type ByteSource, readExactly } from '../../../../base/byte-source.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import type { Program } from '../../../../base/program/program.ts'

const maxData = 64 * 1024 * 1024
const maxCandidates = 200

/** Whole text before a zero byte that looks like a version. Bounded in every part. */
const text = /(?<![0-9A-Za-z.+~-])v?\d{1,4}\.\d{1,4}\.\d{1,5}(?:[-+~][0-9A-Za-z][0-9A-Za-z.+~-]{0,60})?(?=\0)/g

/**
 * The version that a Go program was given by `-ldflags -X` where its build information does not repeat the flags (`-trimpath` leaves them out). The linker
 * writes such values among the read-only data as texts of their own, aligned by their size and with a zero byte behind, and a variable that points
 * there; Go's other texts have neither, C's no such variable. One version there is the program's, also where others only add to it; several leave it
 * open. `movable`: a position-independent program, whose variables the loader fills in.
 */
export function linkedVersion(source: ByteSource, movable: boolean): string | undefined {
  const found = new Set<string>()
  for (const { program, source: inner } of openPrograms(source)) {
    const candidates = candidatesOf(program, inner)
    const pointed = movable || candidates.length === 0 ? candidates : pointedAt(program, inner, candidates)
    for (const { version } of pointed) found.add(version)
  }
  const [shortest, ...others] = [...found].sort((a, b) => a.length - b.length)
  return shortest !== undefined && others.every(other => plain(other).startsWith(plain(shortest)))
    ? shortest
    : undefined
}

const plain = (version: string) => version.replace(/^v/, '')

interface Candidate {
  version: string
  address: number
}

const readOnlyNames = new Set(['.rodata', '.data.rel.ro', '__rodata', '.rdata'])

function candidatesOf(program: Program, source: ByteSource): Candidate[] {
  const section = program.sections.find(({ name }) => readOnlyNames.has(name))
  if (!section) return []
  const found: Candidate[] = []
  for (const { 0: version, index } of bytesOf(source, section).toString('latin1').matchAll(text)) {
    const address = section.address + index
    if (address % alignmentOf(version.length + 1) === 0 && found.length < maxCandidates)
      found.push({ version, address })
  }
  return found
}

/** cmd/link's symalign: the largest power of two that is no larger than the value. Eight is enough to tell. */
function alignmentOf(size: number): number {
  return size >= 8 ? 8 : size >= 4 ? 4 : 2
}

/** Those that a string variable stands for: in writable data, the address and then the length, a word each. */
function pointedAt(program: Program, source: ByteSource, candidates: Candidate[]): Candidate[] {
  const data = program.segments.filter(({ writable }) => writable).map(segment => bytesOf(source, segment))
  return candidates.filter(({ version, address }) => {
    const header = headerOf(program, address, version.length)
    return data.some(bytes => bytes.includes(header))
  })
}

function headerOf({ bits, little }: Program, address: number, length: number): Buffer {
  const size = bits / 8
  const header = Buffer.alloc(2 * size)
  const low = Math.min(size, 6)
  if (little) {
    header.writeUIntLE(address, 0, low)
    header.writeUIntLE(length, size, low)
  } else {
    header.writeUIntBE(address, size - low, low)
    header.writeUIntBE(length, 2 * size - low, low)
  }
  return header
}

function bytesOf(source: ByteSource, { offset, size }: { offset: number; size: number }): Buffer {
  const length = Math.max(0, Math.min(size, maxData, source.size - offset))
  return length === 0 ? Buffer.alloc(0) : readExactly(source, offset, length)
}

import { type ByteSource, readExactly } from '../byte-source.ts'
import { JennerError } from '../errors.ts'
import { openElf } from './elf.ts'
import { openMachO } from './mach-o.ts'
import { openPe } from './pe.ts'
import type { Program } from './program.ts'

/** A program within a file: a universal Mach-O file holds several, each read as a file of its own. */
export interface OpenedProgram {
  program: Program
  source: ByteSource
}

/**
 * The programs in a file, mapped: none when it is no ELF, PE or Mach-O file (or a Java class, whose first bytes are a universal file's),
 * nor when its headers point outside it, which no system would start.
 */
export function openPrograms(source: ByteSource): OpenedProgram[] {
  try {
    return source.size < 64 ? [] : openByMagic(source)
  } catch (error) {
    if (error instanceof JennerError || error instanceof RangeError) return []
    throw error
  }
}

function openByMagic(source: ByteSource): OpenedProgram[] {
  const head = readExactly(source, 0, 8)
  const magic = head.readUInt32BE(0)
  if (magic === 0x7f454c46) return [{ program: openElf(source), source }]
  if (head.readUInt16BE(0) === 0x4d5a) return isPe(source) ? [{ program: openPe(source), source }] : []
  if (thinMachO.has(magic)) return [{ program: openMachO(source), source }]
  if (magic === 0xcafebabe) return openUniversal(source, head.readUInt32BE(4))
  return []
}

const thinMachO = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe])
/** A class file has its version there: 45 (Java 1.1) and above. */
const maxSlices = 20

/** `MZ` also begins DOS programs: those have no PE header behind. */
function isPe(source: ByteSource): boolean {
  const start = readExactly(source, 60, 4).readUInt32LE(0)
  return start + 24 <= source.size && readExactly(source, start, 4).readUInt32LE(0) === 0x00004550
}

function openUniversal(source: ByteSource, count: number): OpenedProgram[] {
  if (count === 0 || count > maxSlices) return []
  const table = readExactly(source, 8, count * 20)
  const programs: OpenedProgram[] = []
  for (let at = 0; at < table.length; at += 20) {
    const slice = sliceOf(source, table.readUInt32BE(at + 8), table.readUInt32BE(at + 12))
    if (slice.size >= 64 && thinMachO.has(readExactly(slice, 0, 4).readUInt32BE(0))) {
      programs.push({ program: openMachO(slice), source: slice })
    }
  }
  return programs
}

function sliceOf(source: ByteSource, start: number, length: number): ByteSource {
  const size = Math.max(0, Math.min(length, source.size - start))
  return { size, read: (offset, count) => source.read(start + offset, Math.max(0, Math.min(count, size - offset))) }
}

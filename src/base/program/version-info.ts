import { type ByteSource, readExactly } from '../byte-source.ts'
import type { Program } from './program.ts'

const maxResources = 16 * 1024 * 1024
const mark = Buffer.from('VS_VERSION_INFO', 'utf16le')
const maxValue = 512

/**
 * The texts of a PE file's version resource (VS_VERSIONINFO, its StringTable): `ProductName`, `ProductVersion`, `FileVersion`, `CompanyName` and the like. Each
 * is a structure { length, value length, type, key, padding to 4 bytes, value } in UTF-16. Only the keys asked for are looked for. Empty where there is none.
 */
export function versionInfo(program: Program, source: ByteSource, keys: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  const section = program.sections.find(({ name }) => name === '.rsrc')
  if (!section || section.size > maxResources || section.offset + section.size > source.size) return found
  const bytes = readExactly(source, section.offset, section.size)
  const start = bytes.indexOf(mark)
  if (start < 0) return found
  for (const key of keys) {
    const text = Buffer.from(`${key}\0`, 'utf16le')
    const at = bytes.indexOf(text, start)
    if (at < 0) continue
    const value = valueAt(bytes, at + text.length, start)
    if (value !== '') found.set(key, value)
  }
  return found
}

/** Padding counts from the resource's own beginning, which the mark stands six bytes behind. */
function valueAt(bytes: Buffer, at: number, start: number): string {
  const from = at + ((4 - ((at - (start - 6)) & 3)) & 3)
  let end = from
  while (end + 1 < bytes.length && end - from < 2 * maxValue && bytes.readUInt16LE(end) !== 0) end += 2
  return bytes.toString('utf16le', from, end).trim()
}

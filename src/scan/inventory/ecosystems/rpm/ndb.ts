import { type ByteSource, readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { ReportProblem } from '../../../../base/model/ecosystem.ts'

/**
 * The package headers of rpm's own "ndb" format (Packages.db of SUSE), as rpm's lib/backend/ndb/rpmpkg.c writes it, all little endian:
 * a header of two slots (`RpmP`, version, generation, slot pages …), then slots of 16 bytes (`Slot`, package index, block offset, block count)
 * over that many pages of 4096, then blobs on blocks of 16 bytes (`BlbS`, package index, generation, length, the data, and a tail).
 */
export function* ndbBlobs(source: ByteSource, problem: ReportProblem): Generator<Buffer> {
  const header = readExactly(source, 0, 32)
  if (header.readUInt32LE(0) !== ndbMagic) throw new JennerError('malformed', 'no ndb header')
  const version = header.readUInt32LE(4)
  if (version !== 0) throw new JennerError('unsupported', `ndb version ${version}`)
  const slotPages = header.readUInt32LE(12)
  const slotsEnd = slotPages * pageSize
  if (slotPages > maxSlotPages || slotsEnd > source.size) throw new JennerError('malformed', `${slotPages} slot pages`)
  let left = source.size
  for (let offset = 2 * slotSize; offset < slotsEnd; offset += slotSize) {
    try {
      const blob = blobOfSlot(source, readExactly(source, offset, slotSize))
      if (blob === undefined) continue
      left -= blob.length
      if (left < 0) throw new JennerError('malformed', 'blobs overlap')
      yield blob
    } catch (error) {
      problem('malformed', `slot at ${offset}: ${error instanceof Error ? error.message : String(error)}`)
      if (left < 0) return
    }
  }
}

/** `RpmP`. */
export const ndbMagic = 0x506d7052
const slotMagic = 0x746f6c53
const blobMagic = 0x53626c42
const pageSize = 4096
const slotSize = 16
const blockSize = 16
const maxSlotPages = 2048

function blobOfSlot(source: ByteSource, slot: Buffer): Buffer | undefined {
  if (slot.readUInt32LE(0) !== slotMagic) throw new JennerError('malformed', 'no slot')
  const index = slot.readUInt32LE(4)
  const block = slot.readUInt32LE(8)
  if (index === 0 || block === 0) return undefined
  const start = block * blockSize
  const room = slot.readUInt32LE(12) * blockSize
  const head = readExactly(source, start, 16)
  if (head.readUInt32LE(0) !== blobMagic) throw new JennerError('malformed', `no blob for package ${index}`)
  if (head.readUInt32LE(4) !== index) throw new JennerError('malformed', `blob of another package than ${index}`)
  const length = head.readUInt32LE(12)
  if (length + 16 > room) throw new JennerError('malformed', `package ${index} is longer than its blocks`)
  return readExactly(source, start + 16, length)
}

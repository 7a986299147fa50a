import type { FileHandle } from 'node:fs/promises'

export interface TarMember {
  name: string
  /** Where its bytes begin in the archive. */
  at: number
  size: number
}

const block = 512
const mostMembers = 20_000

/**
 * The members of a ustar archive (POSIX 1003.1) of plain files, by reading headers alone. What is no such archive, or is cut off, ends the list: an archive comes from a
 * host that may be in somebody else's hands.
 */
export async function membersOf(file: FileHandle, size: number): Promise<TarMember[]> {
  const members: TarMember[] = []
  const header = Buffer.alloc(block)
  for (let at = 0; at + block <= size && members.length < mostMembers; ) {
    const { bytesRead } = await file.read(header, 0, block, at)
    const member = bytesRead === block ? memberOf(header, at + block) : undefined
    if (member === undefined || member.at + member.size > size) break
    members.push(member)
    at = member.at + Math.ceil(member.size / block) * block
  }
  return members
}

/** A member's text; '' when it is longer than `most`. */
export async function textOf(file: FileHandle, { at, size }: TarMember, most: number): Promise<string> {
  if (size > most) return ''
  const bytes = Buffer.alloc(size)
  const { bytesRead } = await file.read(bytes, 0, size, at)
  return bytes.toString('utf8', 0, bytesRead)
}

/** name[100] mode[8] uid[8] gid[8] size[12] mtime[12] chksum[8] typeflag[1] … magic[6] at 257 */
function memberOf(header: Buffer, at: number): TarMember | undefined {
  if (header.toString('latin1', 257, 262) !== 'ustar') return undefined
  const type = header.toString('latin1', 156, 157)
  const sizeText = header.toString('latin1', 124, 135)
  if ((type !== '0' && type !== '\0') || !/^[0-7]{11}$/.test(sizeText)) return undefined
  const end = header.indexOf(0)
  return { name: header.toString('utf8', 0, Math.min(100, end)), at, size: Number.parseInt(sizeText, 8) }
}

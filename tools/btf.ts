/** Reads structs out of the BTF of a compiled BPF object: what the test of record layouts and `build:bpf` share. */

export interface BtfStruct {
  size: number
  /** Byte offset of each member. */
  members: Record<string, number>
}

/** Bytes of a section of a little-endian ELF64 file, or undefined. */
export function elfSection(elf: Buffer, wanted: string): Buffer | undefined {
  const table = Number(elf.readBigUInt64LE(40))
  const count = elf.readUInt16LE(60)
  const header = (index: number) => {
    const at = table + index * 64
    const offset = Number(elf.readBigUInt64LE(at + 24))
    return { name: elf.readUInt32LE(at), bytes: elf.subarray(offset, offset + Number(elf.readBigUInt64LE(at + 32))) }
  }
  const names = header(elf.readUInt16LE(62)).bytes
  for (let index = 1; index < count; index++) {
    const { name, bytes } = header(index)
    if (names.toString('latin1', name, names.indexOf(0, name)) === wanted) return bytes
  }
  return undefined
}

/** Bytes behind the common 12 of each kind of type (include/uapi/linux/btf.h), for `count` entries. */
function extraBytes(kind: number, count: number): number {
  if (kind === 1 || kind === 14 || kind === 17) return 4
  if (kind === 3) return 12
  if (kind === 4 || kind === 5 || kind === 15 || kind === 19) return 12 * count
  if (kind === 6 || kind === 13) return 8 * count
  return 0
}

/** Every named struct of a compiled object. Throws when it has no BTF. */
export function readStructs(elf: Buffer): Map<string, BtfStruct> {
  const btf = elfSection(elf, '.BTF')
  if (btf === undefined) throw new Error('the object has no BTF')
  const start = btf.readUInt32LE(4)
  const types = btf.subarray(start + btf.readUInt32LE(8), start + btf.readUInt32LE(8) + btf.readUInt32LE(12))
  const strings = btf.subarray(start + btf.readUInt32LE(16))
  const text = (at: number): string => strings.toString('latin1', at, strings.indexOf(0, at))
  const structs = new Map<string, BtfStruct>()
  let at = 0
  while (at < types.length) {
    const info = types.readUInt32LE(at + 4)
    const count = info & 0xffff
    const kind = (info >>> 24) & 0x1f
    if (kind === 4) {
      const members: Record<string, number> = {}
      for (let index = 0; index < count; index++) {
        const member = at + 12 + 12 * index
        members[text(types.readUInt32LE(member))] = (types.readUInt32LE(member + 8) & 0xffffff) >> 3
      }
      structs.set(text(types.readUInt32LE(at)), { size: types.readUInt32LE(at + 8), members })
    }
    at += 12 + extraBytes(kind, count)
  }
  return structs
}

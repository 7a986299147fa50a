/** Programs made for tests: a header, the named sections, and one writable segment over all of them. Not for running. */
export function elfOf(sections: Record<string, Buffer>, options: { little?: boolean; names?: boolean } = {}): Buffer {
  const { little = true, names = true } = options
  const list = Object.entries(sections)
  const bodies = Buffer.concat(list.map(([, body]) => padded(body)))
  const strings = Buffer.from(`\0${[...list.map(([name]) => name), '.shstrtab'].join('\0')}\0`)
  const file = Buffer.alloc(base + bodies.length + padded(strings).length + 64 * (list.length + 2))
  file.write('\x7fELF', 0, 'latin1')
  file.set([2, little ? 1 : 2, 1], 4)
  const put = writer(file, little)
  put(16, 2, 2)
  put(32, 64, 8)
  put(54, 56, 2)
  put(56, 1, 2)
  segment(put, base, bodies.length)
  file.set(bodies, base)
  if (!names) return file.subarray(0, base + bodies.length)
  const table = base + bodies.length + padded(strings).length
  file.set(strings, base + bodies.length)
  put(40, table, 8)
  put(58, 64, 2)
  put(60, list.length + 2, 2)
  put(62, list.length + 1, 2)
  let offset = base
  for (const [index, [name, body]] of [...list, ['.shstrtab', strings] as const].entries()) {
    const at = table + 64 * (index + 1)
    put(at, strings.indexOf(`\0${name}\0`) + 1, 4)
    put(at + 4, 1, 4)
    put(at + 16, address + offset, 8)
    put(at + 24, offset, 8)
    put(at + 32, body.length, 8)
    offset += padded(body).length
  }
  return file
}

/** Where the first section stands in the file, and what is added to an offset to give its address. */
export const base = 128
export const address = 0x400000

type Put = (offset: number, value: number, size: 2 | 4 | 8) => void

function segment(put: Put, offset: number, size: number): void {
  put(64, 1, 4)
  put(68, 6, 4)
  put(72, offset, 8)
  put(80, address + offset, 8)
  put(96, size, 8)
}

function writer(file: Buffer, little: boolean): Put {
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  return (offset, value, size) => {
    if (size === 2) view.setUint16(offset, value, little)
    else if (size === 4) view.setUint32(offset, value, little)
    else view.setBigUint64(offset, BigInt(value), little)
  }
}

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)])

/** A PE32+ file with one section of initialised, writable data. */
export function peOf(name: string, body: Buffer): Buffer {
  const header = Buffer.alloc(512)
  header.write('MZ', 0, 'latin1')
  header.writeUInt32LE(64, 60)
  header.write('PE\0\0', 64, 'latin1')
  header.writeUInt16LE(1, 70)
  header.writeUInt16LE(112, 84)
  header.writeUInt16LE(0x20b, 88)
  header.writeBigUInt64LE(BigInt(address), 112)
  header.write(name, 200, 'latin1')
  header.writeUInt32LE(0x1000, 212)
  header.writeUInt32LE(body.length, 216)
  header.writeUInt32LE(header.length, 220)
  header.writeUInt32LE(0xc0000040, 236)
  return Buffer.concat([header, body])
}

/** A thin 64-bit Mach-O file, little endian, with one section in one writable segment. */
export function machOOf(name: string, body: Buffer): Buffer {
  const header = Buffer.alloc(256)
  header.writeUInt32LE(0xfeedfacf, 0)
  header.writeUInt32LE(1, 16)
  header.writeUInt32LE(152, 20)
  header.writeUInt32LE(0x19, 32)
  header.writeUInt32LE(152, 36)
  header.write('__DATA', 40, 'latin1')
  header.writeBigUInt64LE(BigInt(address), 56)
  header.writeBigUInt64LE(BigInt(header.length), 72)
  header.writeBigUInt64LE(BigInt(body.length), 80)
  header.writeUInt32LE(3, 92)
  header.writeUInt32LE(1, 96)
  header.write(name, 104, 'latin1')
  header.writeBigUInt64LE(BigInt(address), 136)
  header.writeBigUInt64LE(BigInt(body.length), 144)
  header.writeUInt32LE(header.length, 152)
  return Buffer.concat([header, body])
}

/** A universal file around one thin Mach-O file. */
export function universalOf(thin: Buffer): Buffer {
  const header = Buffer.alloc(64)
  header.writeUInt32BE(0xcafebabe, 0)
  header.writeUInt32BE(1, 4)
  header.writeUInt32BE(header.length, 16)
  header.writeUInt32BE(thin.length, 20)
  return Buffer.concat([header, thin])
}

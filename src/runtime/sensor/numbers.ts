/** Reads 64-bit numbers of records. `Buffer`'s own ways make several big numbers for one. */
export interface Longs {
  unsigned(data: Buffer, at: number): bigint
  signed(data: Buffer, at: number): bigint
}

const smallest = -1024
/** Results are descriptors and errors, mostly: made once. */
const small = Array.from({ length: 4096 }, (_, index) => BigInt(index + smallest))

export function createLongs(): Longs {
  let data: Buffer | undefined
  let view: DataView = new DataView(new ArrayBuffer(0))
  const viewOf = (given: Buffer): DataView => {
    if (given === data) return view
    data = given
    view = new DataView(given.buffer, given.byteOffset, given.byteLength)
    return view
  }
  return {
    unsigned: (given, at) => viewOf(given).getBigUint64(at, true),
    signed(given, at) {
      const low = given.readInt32LE(at)
      const index = low - smallest
      if (index >= 0 && index < small.length && given.readInt32LE(at + 4) === low >> 31) return small[index]!
      return viewOf(given).getBigInt64(at, true)
    },
  }
}

/**
 * A numeric header field: octal digits in ASCII, padded with blanks or NULs (POSIX ustar), or, when its first bit is set, a big-endian
 * two's complement number (GNU base-256). Undefined when it is neither, negative, or beyond 2^53.
 */
export function parseNumber(block: Uint8Array, at: number, length: number): number | undefined {
  return block[at]! & 0x80 ? parseBase256(block, at, length) : parseOctal(block, at, length)
}

export function parseOctal(block: Uint8Array, at: number, length: number): number | undefined {
  const end = at + length
  let i = at
  while (i < end && (block[i] === 0x20 || block[i] === 0)) i++
  let value = 0
  for (; i < end; i++) {
    const byte = block[i]!
    if (byte === 0 || byte === 0x20) break
    if (byte < 0x30 || byte > 0x37) return undefined
    value = value * 8 + (byte - 0x30)
  }
  for (; i < end; i++) if (block[i] !== 0 && block[i] !== 0x20) return undefined
  return value
}

function parseBase256(block: Uint8Array, at: number, length: number): number | undefined {
  if (block[at]! & 0x40) return undefined
  let value = block[at]! & 0x3f
  for (let i = 1; i < length; i++) {
    value = value * 256 + block[at + i]!
    if (value > Number.MAX_SAFE_INTEGER) return undefined
  }
  return value
}

/** A decimal number of a PAX record, or undefined: digits, a fraction is dropped. */
export function parseDecimal(text: string): number | undefined {
  if (!/^\d{1,20}(\.\d*)?$/.test(text)) return undefined
  const value = Math.trunc(Number(text))
  return Number.isSafeInteger(value) ? value : undefined
}

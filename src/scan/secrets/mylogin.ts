import { createDecipheriv } from 'node:crypto'

const keyBytes = 20
const maxBytes = 4096

/**
 * A login path file of MySQL (`.mylogin.cnf`): four zero bytes, 20 bytes that make the key, then for each line its length (4 bytes, little-endian) and the line,
 * encrypted with AES-128 in ECB mode. The key lies beside the lines, so this hides the password from eyes alone. Answers where a line with a password stands.
 */
export function myloginPassword(data: Uint8Array): { start: number; end: number } | undefined {
  if (
    data.length < 4 + keyBytes + 20 ||
    data.length > maxBytes ||
    data[0] !== 0 ||
    data[1] !== 0 ||
    data[2] !== 0 ||
    data[3] !== 0
  )
    return undefined
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length)
  const key = Buffer.alloc(16)
  for (let at = 0; at < keyBytes; at++) key[at % 16]! ^= bytes[4 + at]!
  for (let at = 4 + keyBytes; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at)
    if (length === 0 || length % 16 !== 0 || at + 4 + length > bytes.length) return undefined
    const line = decrypted(key, bytes.subarray(at + 4, at + 4 + length))
    if (line === undefined) return undefined
    if (/^password\s*=\s*.{1,200}/.test(line)) return { start: at + 4, end: at + 4 + length }
    at += 4 + length
  }
  return undefined
}

function decrypted(key: Buffer, data: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv('aes-128-ecb', key, null)
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('latin1')
  } catch {
    return undefined
  }
}

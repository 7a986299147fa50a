import { randomBytes } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
let lastTime = 0
let counter = 0

/** A new id: 9 characters of time, 3 of order within the millisecond, 10 random ones (50 bits). Later ids sort behind earlier ones, even when the clock is set back. */
export function newId(now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now
    counter = 0
  } else if (++counter === 32 ** 3) {
    lastTime++
    counter = 0
  }
  const random = randomBytes(10)
  let tail = ''
  for (const byte of random) tail += alphabet[byte & 31]
  return base32(lastTime, 9) + base32(counter, 3) + tail
}

function base32(value: number, length: number): string {
  let out = ''
  for (let rest = value; out.length < length; rest = Math.floor(rest / 32)) out = alphabet[rest % 32] + out
  return out
}

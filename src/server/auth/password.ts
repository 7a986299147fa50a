import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** OWASP's second choice for argon2id: 19 MiB, two passes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

/** `argon2id$memory$passes$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost.memory, cost.passes)
  return ['argon2id', cost.memory, cost.passes, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** Whether a password is the one of a hash. Without a hash it takes as long and says no: a name that nobody has must not be told by the time of the answer. */
export async function checkPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parts = (stored || (await nobody())).split('$')
  const [kind, memory, passes, salt = '', hash = ''] = parts
  if (kind !== 'argon2id') return false
  const expected = Buffer.from(hash, 'base64')
  const got = await derive(password, Buffer.from(salt, 'base64'), Number(memory), Number(passes))
  return timingSafeEqual(got, expected) && Boolean(stored)
}

let nobodys: Promise<string> | undefined

function nobody(): Promise<string> {
  nobodys ??= hashPassword(randomBytes(24).toString('base64'))
  return nobodys
}

/** One at a time: each takes 19 MiB, and many at once would be a way to fill the memory. */
let last: Promise<unknown> = Promise.resolve()

function derive(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  const work = last.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        const { parallelism, tagLength } = cost
        // One form of each letter: the same password typed on another keyboard is the same.
        const message = Buffer.from(password.normalize('NFC'))
        argon2('argon2id', { message, nonce, parallelism, tagLength, memory, passes }, (error, key) =>
          error ? reject(error) : resolve(key as Buffer),
        )
      }),
  )
  last = work.catch(() => {})
  return work
}

/** A secret for links, sessions and tokens: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** How such a secret is kept. It is random and long: one round is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

export function sameText(a: string, b: string): boolean {
  const x = createHash('sha256').update(a).digest()
  return timingSafeEqual(x, createHash('sha256').update(b).digest())
}

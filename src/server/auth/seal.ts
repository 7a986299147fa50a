import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { Db } from '../db/open.ts'

/** Secrets of outputs and of single sign-on, encrypted by a key that is not in the database. */
export interface Seal {
  /** Stores a secret under a name; '' takes it out. */
  put(name: string, secret: string): Promise<void>
  get(name: string): Promise<string | undefined>
  has(name: string): Promise<boolean>
}

/** Reads the key file of a state folder, or makes it. Throws JennerError target_unreadable where it is damaged or open to others. */
export function openKey(state: string): Buffer {
  const path = join(state, 'key')
  try {
    writeKey(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  if ((statSync(path).mode & 0o077) !== 0) throw new JennerError('target_unreadable', `${path}: others may read it`)
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new JennerError('target_unreadable', `${path}: not a key`)
  return key
}

/** Whole or not at all: half a key after a loss of power would lock every secret away. */
function writeKey(path: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, path)
  } finally {
    rmSync(draft)
  }
}

/** A key for one purpose. */
export function deriveKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `jenner ${purpose}`, 32))
}

export function createSeal(db: Db, key: Buffer): Seal {
  const own = deriveKey(key, 'secrets')
  const read = async (name: string) =>
    (await db.selectFrom('sealed').select('value').where('name', '=', name).executeTakeFirst())?.value
  return {
    async put(name, secret) {
      if (secret === '') {
        await db.deleteFrom('sealed').where('name', '=', name).execute()
        return
      }
      const value = encrypt(own, name, secret)
      await db
        .insertInto('sealed')
        .values({ name, value })
        .onConflict(on => on.column('name').doUpdateSet({ value }))
        .execute()
    },
    async get(name) {
      const value = await read(name)
      return value === undefined ? undefined : decrypt(own, name, value)
    },
    has: async name => (await read(name)) !== undefined,
  }
}

/** AES-256-GCM; the name is bound to it, so that a value cannot be moved to another name. */
function encrypt(key: Buffer, name: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

function decrypt(key: Buffer, name: string, value: string): string {
  const bytes = Buffer.from(value, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new JennerError('target_unreadable', `sealed ${name}: another key, or damaged`, cause)
  }
}

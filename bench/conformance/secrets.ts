import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSecrets } from '../../src/scan/secrets/find.ts'
import type { KindResult } from './result.ts'

interface Case {
  name: string
  input_base64: string
  secrets: number
}

/** `secrets.json`: a text in which a secret is to be found at all, or nothing at all (a trap). */
export async function runSecrets(directory: string): Promise<KindResult> {
  const cases = JSON.parse(readFileSync(join(directory, 'secrets.json'), 'utf8')) as Case[]
  const disagreements = cases.flatMap(({ name, input_base64, secrets }) => {
    const found = findSecrets(Buffer.from(input_base64, 'base64'))
    if (found.length > 0 === secrets > 0) return []
    return [`${name}: ${secrets} expected, found ${found.map(({ rule }) => rule).join(' ') || 'none'}`]
  })
  return { kind: 'secrets', agreed: cases.length - disagreements.length, total: cases.length, disagreements }
}

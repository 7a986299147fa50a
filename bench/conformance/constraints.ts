import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { satisfies } from '../../src/scan/inventory/versions.ts'
import type { KindResult } from './result.ts'

/**
 * `constraints.tsv`: `type  version  constraint  true|false`.
 *
 * Choices of ours where tools differ: a pre-release lies in a range by its order alone (npm and pip would not choose it, but an advisory means it);
 * npm's `>2` begins right after 2.0.0; a local version of Python counts only where the bound has one.
 */
export async function runConstraints(directory: string): Promise<KindResult> {
  const disagreements: string[] = []
  const rows = (await readFile(join(directory, 'constraints.tsv'), 'utf8')).split('\n').filter(row => row !== '')
  for (const row of rows) {
    const [type = '', version = '', range = '', expected = ''] = row.split('\t')
    const got = answer(type, version, range)
    if (got !== expected) disagreements.push(`${type}: ${version} in "${range}" is ${expected}, got ${got}`)
  }
  return { kind: 'constraints', agreed: rows.length - disagreements.length, total: rows.length, disagreements }
}

function answer(type: string, version: string, range: string): string {
  try {
    return String(satisfies(type, version, range))
  } catch (error) {
    return String(error)
  }
}

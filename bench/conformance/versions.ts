import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compareVersions } from '../../src/scan/inventory/versions.ts'
import type { KindResult } from './result.ts'

const signs: Record<string, -1 | 0 | 1> = { '<': -1, '=': 0, '>': 1 }

/**
 * `versions.tsv`: `type  a  op  b`. Judged in both directions.
 *
 * Where sources differ (the rows follow different tools) our order is:
 * - RPM: an absent epoch is 0 on either side, as rpm has it.
 * - Maven: `.jre6`, `.jre7` have weight as Maven gives them; `.jre8` and later do not, since they name the Java that one release was built for.
 * - Maven: `.qualifier` comes before `-qualifier`, by the specification; the program since 3.8.7 takes them for one (`bench/differential.ts maven`).
 * - Composer: PHP's version_compare on the text as written, where composer/semver first brings it to lower case (`bench/differential.ts composer`).
 */
export async function runVersions(directory: string): Promise<KindResult> {
  const disagreements: string[] = []
  const rows = (await readFile(join(directory, 'versions.tsv'), 'utf8')).split('\n').filter(row => row !== '')
  for (const row of rows) {
    const [type = '', a = '', sign = '', b = ''] = row.split('\t')
    const expected = signs[sign]
    const forth = answer(type, a, b)
    const back = answer(type, b, a)
    if (forth === expected && back === (expected === 0 ? 0 : -expected!)) continue
    disagreements.push(`${type}: ${a} ${sign} ${b} expected, got ${forth} and back ${back}`)
  }
  return { kind: 'versions', agreed: rows.length - disagreements.length, total: rows.length, disagreements }
}

function answer(type: string, a: string, b: string): number | string {
  try {
    return compareVersions(type, a, b) ?? 'undefined'
  } catch (error) {
    return String(error)
  }
}

import { cvss4Score } from './cvss4.ts'
import type { Severity } from './model/severity.ts'

/**
 * Base score of a CVSS vector of version 2.0, 3.0, 3.1 or 4.0 (FIRST's specifications; temporal and environmental metrics
 * count for 4.0 alone, whose score is defined over all of them). `undefined` for anything that is not a complete vector.
 */
export function cvssScore(vector: string): number | undefined {
  if (vector.length > 400) return undefined
  const metrics = parseMetrics(vector)
  if (vector.startsWith('CVSS:4.')) return cvss4Score(metrics)
  if (vector.startsWith('CVSS:3.')) return score3(metrics, vector.startsWith('CVSS:3.1'))
  return score2(metrics)
}

/** The specification's qualitative scale (v3, v4; v2's by NVD's custom has no CRITICAL). `None` (0.0) is said as LOW. */
export function severityOfScore(score: number, vector = 'CVSS:3.1'): Severity {
  if (score >= 9 && vector.startsWith('CVSS:')) return 'CRITICAL'
  if (score >= 7) return 'HIGH'
  return score >= 4 ? 'MEDIUM' : 'LOW'
}

function parseMetrics(vector: string): Map<string, string> {
  const metrics = new Map<string, string>()
  for (const part of vector.replace(/^\(|\)$/g, '').split('/')) {
    const colon = part.indexOf(':')
    if (colon > 0) metrics.set(part.slice(0, colon), part.slice(colon + 1))
  }
  return metrics
}

/** Weights of CVSS 3.x, section 7.4. `PR` depends on the scope. */
const weights3: Record<string, Record<string, number>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  PRC: { N: 0.85, L: 0.68, H: 0.5 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
}

function score3(metrics: Map<string, string>, v31: boolean): number | undefined {
  const scope = metrics.get('S')
  if (scope !== 'U' && scope !== 'C') return undefined
  const changed = scope === 'C'
  const weight = (name: string) =>
    weights3[name === 'PR' && changed ? 'PRC' : name]?.[metrics.get(name) ?? ''] ?? Number.NaN
  const base = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'))
  const impact = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base
  const exploitability = 8.22 * weight('AV') * weight('AC') * weight('PR') * weight('UI')
  if (Number.isNaN(impact + exploitability)) return undefined
  if (impact <= 0) return 0
  const sum = changed ? 1.08 * (impact + exploitability) : impact + exploitability
  return roundUp(Math.min(sum, 10), v31)
}

/** "Roundup": 3.1 appendix A does it on integers so that 4.02 from 4.000002 cannot happen; 3.0 is a plain ceiling. */
function roundUp(value: number, v31: boolean): number {
  if (!v31) return Math.ceil(Number((value * 10).toFixed(8))) / 10
  const integer = Math.round(value * 100_000)
  return integer % 10_000 === 0 ? integer / 100_000 : (Math.floor(integer / 10_000) + 1) / 10
}

/** Weights of CVSS 2.0, section 3.2.1. */
const weights2: Record<string, Record<string, number>> = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
}

function score2(metrics: Map<string, string>): number | undefined {
  const weight = (name: string) => weights2[name]?.[metrics.get(name) ?? ''] ?? Number.NaN
  const impact = 10.41 * (1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A')))
  const exploitability = 20 * weight('AV') * weight('AC') * weight('Au')
  if (Number.isNaN(impact + exploitability)) return undefined
  const score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact === 0 ? 0 : 1.176)
  return Math.round(score * 10) / 10
}

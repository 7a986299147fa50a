import { severityName, type UseName, useNames } from './scales.ts'

/** What the order of findings looks at, as the store has it. */
export interface ScoreFacts {
  /** 0 none, 1 exploited, 2 exploited by ransomware crews (CISA's list). */
  kev: number
  /** Running containers of the image. */
  running: number
  /** Whether a running process opened or mapped a file of the package; 0 no, 1 nobody knows, 2 yes. */
  in_use: number
  /** Of the running containers: 1 a port is published beyond loopback, 2 one is privileged, 3 both. */
  reach: number
  /** 0 to 1; -1 for not known. */
  epss: number
  /** Highest base score; -1 for not known. */
  cvss: number
  severity: number
  fixed: string | number
}

/**
 * The order in which to look at findings as one number, higher first: KEV with ransomware, KEV · in a running container: loaded, then not known, then not loaded; then
 * images that run nowhere · reachable and privileged, reachable, privileged · EPSS by bands (over 0.5, over 0.1, over 0.01, not known, lower: the third digit of a
 * probability should not outweigh a severity) · severity, where UNKNOWN counts as MEDIUM · CVSS · EPSS itself · a fix is there.
 */
export function scoreOf(facts: ScoreFacts): number {
  const steps: [value: number, of: number][] = [
    [facts.kev, 3],
    [use(facts), 4],
    [reach(facts), 4],
    [band(facts.epss), 5],
    [4 - (facts.severity === 4 ? 2 : facts.severity), 5],
    [facts.cvss < 0 ? 0 : Math.round(facts.cvss * 10), 101],
    [facts.epss < 0 ? 0 : Math.round(facts.epss * 1000), 1001],
    [facts.fixed ? 1 : 0, 2],
  ]
  return steps.reduce((score, [value, of]) => score * of + Math.max(0, Math.min(of - 1, value)), 0)
}

function use({ running, in_use }: ScoreFacts): number {
  return running === 0 ? 0 : in_use + 1
}

function reach({ running, reach: bits }: ScoreFacts): number {
  if (running === 0) return 0
  return (bits & 1) * 2 + ((bits >> 1) & 1)
}

function band(epss: number): number {
  if (epss < 0) return 1
  if (epss >= 0.5) return 4
  if (epss >= 0.1) return 3
  return epss >= 0.01 ? 2 : 0
}

/** Why it stands where it stands, most telling first: codes with numbers, no sentences. */
export function reasonsOf(facts: ScoreFacts): string[] {
  const out: string[] = []
  if (facts.kev === 2) out.push('kev', 'ransomware')
  else if (facts.kev === 1) out.push('kev')
  if (facts.running > 0) {
    if (facts.in_use === 2) out.push('loaded')
    else out.push(facts.in_use === 0 ? 'not_loaded' : 'running')
    if (facts.reach & 1) out.push('exposed')
    if (facts.reach & 2) out.push('privileged')
  }
  if (facts.epss >= 0) out.push(`epss:${facts.epss.toFixed(3)}`)
  if (facts.cvss >= 0) out.push(`cvss:${facts.cvss.toFixed(1)}`)
  else out.push(`severity:${severityName(facts.severity)}`)
  if (facts.fixed) out.push('fix')
  return out
}

export function inUseName(number: number): UseName {
  return useNames[number] ?? 'unknown'
}

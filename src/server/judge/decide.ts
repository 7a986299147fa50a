import { fits } from './glob.ts'

/** A decision in force, as the store has it; '' in a scope means any. */
export interface DecisionFacts {
  id: string
  vulnerability: string
  package: string
  image: string
  workload: string
  rule: string
  status: string
  expires: number | null
  created_at: number
}

/** What decisions are about: a finding of an image, or (with `rule`) an incident. */
export interface Subject {
  kind: string
  /** The flaw's id, or the rule's. */
  name: string
  aliases: readonly string[]
  package: string
  purl: string
  images: readonly string[]
  /** For each container of the image, how it may be called: name, service, owner. */
  workloads: readonly (readonly string[])[]
}

/** The stronger word holds: what is not there needs no fixing. */
const strength = ['fixing', 'accepted', 'false_positive', 'not_affected']

/** The decision in force about a subject; the strongest, then the newest. */
export function decide(subject: Subject, decisions: readonly DecisionFacts[]): DecisionFacts | undefined {
  let best: DecisionFacts | undefined
  for (const one of decisions) {
    if (best && compare(one, best) <= 0) continue
    if (concerns(one, subject)) best = one
  }
  return best
}

function compare(a: DecisionFacts, b: DecisionFacts): number {
  return strength.indexOf(a.status) - strength.indexOf(b.status) || a.created_at - b.created_at
}

/** All that a scope names must fit. */
export function concerns(
  scope: Omit<DecisionFacts, 'id' | 'status' | 'created_at' | 'expires'>,
  subject: Subject,
): boolean {
  const flaw = subject.kind === 'vulnerability'
  if (scope.vulnerability !== '') {
    if (!flaw || ![subject.name, ...subject.aliases].some(id => fits(scope.vulnerability, id))) return false
  }
  if (scope.rule !== '' && (flaw || !fits(scope.rule, subject.name))) return false
  if (scope.package !== '') {
    const bare = subject.purl.replace(/[?#].*$/s, '')
    if (
      ![subject.package, subject.purl, bare, bare.replace(/@[^/]*$/, '')].some(
        name => name !== '' && fits(scope.package, name),
      )
    )
      return false
  }
  if (scope.image !== '' && !subject.images.some(name => fits(scope.image, name) || fits(scope.image, untagged(name))))
    return false
  return scope.workload === '' || ofWorkload(scope.workload, subject.workloads)
}

/** One image may run as several workloads: a word about one of them must not hide it in the others. */
function ofWorkload(pattern: string, workloads: Subject['workloads']): boolean {
  return workloads.length > 0 && workloads.every(names => names.some(name => fits(pattern, name)))
}

function untagged(name: string): string {
  return name.replace(/@sha256:[0-9a-f]+$/, '').replace(/:[\w.-]+$/, '')
}

export function inForce({ state, expires }: { state: string; expires: number | null }, now: number): boolean {
  return state === 'active' && (expires === null || now < expires)
}

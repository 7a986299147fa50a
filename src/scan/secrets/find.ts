import { createHash } from 'node:crypto'
import type { Secret } from '../../base/model/content.ts'
import { type Automaton, buildAutomaton } from './automaton.ts'
import { type Glance, prefixesOf, tokenGlance } from './glance.ts'
import { myloginPassword } from './mylogin.ts'
import { certaintyOf } from './place.ts'
import type { SecretRule } from './rule.ts'
import { secretRules } from './rules/index.ts'
import { wholeFileSecrets } from './whole-file.ts'

/** Rules made ready: one automaton over all keywords, and who wants each. */
export interface SecretFinder {
  /** Changes with the rules: what was found is kept under it. */
  digest: string
  /** `onCut`: told the name of a rule of which not every place in the text was looked at. */
  find(bytes: Uint8Array, path: string, onCut?: OnCut): Secret[]
}

export type OnCut = (rule: string) => void

const maxFindings = 1000
const maxWindow = 64 * 1024
/** Raise when a check or the form of findings changes. */
const revision = 10
/** In a comment on the line, or alone on the line above. Hands know the others from elsewhere. */
const marker = /jenner:ignore|gitleaks:allow|trivy:ignore/

let standard: SecretFinder | undefined

/** All our rules, made ready once. */
export function standardFinder(): SecretFinder {
  standard ??= createFinder(secretRules)
  return standard
}

/**
 * Secrets in a text, each with its rule, line and a masked excerpt; never the secret itself. `path` tells what kind of file it is ('' when unknown).
 * A line that holds `jenner:ignore` is passed over. Text beyond ASCII is fine; time is linear in the text.
 */
export function findSecrets(text: string | Uint8Array, path = ''): Secret[] {
  return standardFinder().find(typeof text === 'string' ? Buffer.from(text) : text, path)
}

/** What a user adds to the rules, and what he lets pass. */
export interface FinderExtension {
  /** Names all of it. */
  digest: string
  /** Nothing is looked for in such a file: neither where the user says so nor in his rules themselves. */
  passes(path: string, text: string): boolean
  /** Finds what the rules do not: `text` is in bytes (latin1). */
  find(text: string, path: string, onCut?: OnCut): { rule: SecretRule; start: number; end: number }[]
  /** Which of what was found stays. */
  keeps(text: string, path: string, onCut?: OnCut): (hit: { rule: SecretRule; start: number; end: number }) => boolean
}

export function createFinder(rules: readonly SecretRule[], extension?: FinderExtension): SecretFinder {
  const words = new Map<string, number[]>()
  for (const [index, rule] of rules.entries()) {
    for (const keyword of rule.keywords) words.set(keyword, [...(words.get(keyword) ?? []), index])
  }
  const spelled = [...words.keys()]
  const wanted = spelled.map(word => ({ length: word.length, rules: words.get(word)! }))
  const automaton = buildAutomaton(spelled)
  const glances = rules.map(glanceOf)
  const bound = rules.flatMap(({ paths }, index) => (paths ? [index] : []))
  return {
    digest: digestOf(rules) + (extension?.digest ?? ''),
    find: (bytes, path, onCut) =>
      findIn(
        bytes,
        path.toLowerCase(),
        rules,
        automaton,
        wanted,
        bound,
        glances,
        extension && extend(extension, path, onCut),
      ),
  }
}

type Extend = (buffer: Buffer, hits: Hit[], rank: number) => Hit[]

function extend(extension: FinderExtension, path: string, onCut?: OnCut): Extend {
  return (buffer, hits, rank) => {
    const text = buffer.toString('latin1')
    if (extension.passes(path, text)) return []
    const own = extension.find(text, path, onCut).map((hit): Hit => ({ ...hit, rank }))
    const all = [...own, ...hits]
    return all.length === 0 ? all : all.filter(extension.keeps(text, path, onCut))
  }
}

function glanceOf({ glance, pattern, keywords }: SecretRule): Glance | undefined {
  const prefixes = glance ? undefined : prefixesOf(pattern)
  return prefixes?.map(text => text.toLowerCase()).join() === keywords.join() ? tokenGlance(prefixes!) : glance
}

function digestOf(rules: readonly SecretRule[]): string {
  const parts = rules.map(({ id, severity, pattern, paths, keywords, before, after }) =>
    [id, severity, pattern.source, paths?.source ?? '', ...keywords, before, after].join(' '),
  )
  return createHash('sha256')
    .update(`${revision}\n${parts.join('\n')}`)
    .digest('hex')
}

interface Hit {
  rule: SecretRule
  rank: number
  start: number
  end: number
  certainty?: 'low'
}

function findIn(
  bytes: Uint8Array,
  path: string,
  rules: readonly SecretRule[],
  automaton: Automaton,
  wanted: { length: number; rules: number[] }[],
  bound: readonly number[],
  glances: readonly (Glance | undefined)[],
  extended?: Extend,
): Secret[] {
  const windows = new Map<number, [start: number, end: number][]>()
  const elsewhere = new Set(bound.filter(index => !rules[index]!.paths!.test(path)))
  automaton.scan(bytes, (word, end) => {
    const { length, rules: interested } = wanted[word]!
    for (const index of interested) {
      if (elsewhere.has(index)) continue
      const rule = rules[index]!
      const start = end - length
      if (glances[index]?.(bytes, start, end, path) === false) continue
      addWindow(windows, index, Math.max(0, start - rule.before), Math.min(bytes.length, end + rule.after))
    }
  })
  const login = bytes[0] === 0 ? myloginPassword(bytes) : undefined
  if (login) return [loginSecret(login)]
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hits: Hit[] = wholeFileSecrets(buffer, path).map(hit => ({ ...hit, rank: rules.length }))
  if (windows.size === 0 && hits.length === 0 && !extended) return []
  for (const [rank, spans] of windows) {
    for (const [start, end] of spans)
      hits.push(...search(buffer.toString('latin1', start, end), start, rules[rank]!, rank, path))
    if (hits.length > maxFindings * 4) break
  }
  return report(buffer, path, withoutOverlaps(extended ? extended(buffer, hits, -1) : hits))
}

function loginSecret({ start, end }: { start: number; end: number }): Secret {
  return {
    rule: 'mysql-login-path',
    title: 'password in a MySQL login path file',
    category: 'credential',
    severity: 'HIGH',
    startLine: 1,
    endLine: 1,
    match: 'password = ****',
    offset: start,
    length: end - start,
    fingerprint: fingerprintOf('mysql-login-path', '', new Uint8Array(0)),
  }
}

/** Windows of one rule come nearly in order; those that touch become one, up to a bound. */
function addWindow(windows: Map<number, [number, number][]>, index: number, start: number, end: number): void {
  const spans = windows.get(index)
  const last = spans?.at(-1)
  if (!spans) windows.set(index, [[start, end]])
  else if (last && start <= last[1] && end - last[0] <= maxWindow) {
    last[0] = Math.min(last[0], start)
    last[1] = Math.max(last[1], end)
  } else spans.push([start, end])
}

function search(window: string, offset: number, rule: SecretRule, rank: number, path: string): Hit[] {
  const hits: Hit[] = []
  if (rule.hint?.test(window) === false) return hits
  rule.pattern.lastIndex = 0
  let refused = 0
  for (let match = rule.pattern.exec(window); match !== null; match = rule.pattern.exec(window)) {
    const spans = rule.locate ? located(rule.locate(match[0]), match.index) : [spanOf(match)]
    let next = match.index + 1
    for (const { start, end } of spans) {
      const secret = window.slice(start, end)
      const verdict = rule.check?.(secret, { window, start, path, matchStart: match.index }) ?? true
      if (verdict === false) refused += end - start
      // One that does not hold may hide another that begins inside it; a text made so that all do would be judged over and over.
      const again = verdict === false && refused < window.length * 3 + 4096
      next = again ? Math.max(start, next) : rule.locate ? end : rule.pattern.lastIndex
      const certainty = verdict === 'low' ? { certainty: verdict } : {}
      if (verdict !== false) hits.push({ rule, rank, start: offset + start, end: offset + end, ...certainty })
    }
    rule.pattern.lastIndex = Math.max(next, match.index + 1)
    if (hits.length >= maxFindings) break
  }
  return hits
}

function spanOf(match: RegExpExecArray): { start: number; end: number } {
  const groups = match.indices?.groups
  const [start, end] = groups?.secret ?? groups?.quoted ?? groups?.bare ?? match.indices![0]!
  return { start, end }
}

function located(spans: { start: number; end: number }[], from: number): { start: number; end: number }[] {
  return spans.map(({ start, end }) => ({ start: start + from, end: end + from }))
}

/** Of findings that overlap a certain one stays before a doubtful one, then the more telling rule's; the same place is told once. */
function withoutOverlaps(hits: Hit[]): Hit[] {
  const kept: Hit[] = []
  for (const hit of hits.sort((a, b) => doubt(a) - doubt(b) || a.rank - b.rank || a.start - b.start)) {
    if (!kept.some(other => hit.start < other.end && other.start < hit.end)) kept.push(hit)
    if (kept.length >= maxFindings) break
  }
  return kept.sort((a, b) => a.start - b.start)
}

const doubt = ({ certainty }: Hit): number => (certainty === 'low' ? 1 : 0)

function report(buffer: Buffer, path: string, hits: Hit[]): Secret[] {
  let line = 1
  let at = 0
  const secrets: Secret[] = []
  for (const { rule, start, end, certainty: own } of hits) {
    line += countLines(buffer, at, start)
    at = start
    const lines = countLines(buffer, start, end)
    const excerpt = excerptOf(buffer, start, end, hits)
    if (isIgnored(buffer, start, end)) continue
    const certainty = own ?? certaintyOf(rule, path)
    const owner = rule.owner?.(buffer.toString('latin1', start, end))
    secrets.push({
      rule: rule.id,
      title: rule.title.en,
      category: rule.category,
      severity: certainty === 'low' ? 'LOW' : rule.severity,
      startLine: line,
      endLine: line + lines,
      match: excerpt,
      offset: start,
      length: end - start,
      ...(owner !== undefined && { owner }),
      ...(certainty && { certainty }),
      fingerprint: fingerprintOf(rule.id, excerpt, buffer.subarray(start, end)),
    })
  }
  return secrets
}

function countLines(buffer: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = buffer.indexOf(10, from); at >= 0 && at < to; at = buffer.indexOf(10, at + 1)) count++
  return count
}

const around = 80

function fingerprintOf(rule: string, excerpt: string, secret: Uint8Array): string {
  const mark = createHash('sha256').update(secret).digest('hex').slice(0, 2)
  return createHash('sha256').update(`${rule}\n${excerpt}\n${mark}`.toWellFormed()).digest('hex').slice(0, 20)
}

function isIgnored(buffer: Buffer, start: number, end: number): boolean {
  if (marker.test(lineText(buffer, start, end))) return true
  const line = buffer.lastIndexOf(10, Math.max(0, start - 1))
  if (line <= 0 || start === 0) return false
  const above = lineText(buffer, line - 1, line - 1).trim()
  return above.length < 400 && /^(?:#|\/\/|--|;|\/\*|<!--|%|')/.test(above) && marker.test(above)
}

function lineText(buffer: Buffer, start: number, end: number): string {
  const from = Math.max(buffer.lastIndexOf(10, Math.max(0, start - 1)) + 1, start - 500)
  const next = buffer.indexOf(10, end)
  return buffer.toString('utf8', from, Math.min(next < 0 ? buffer.length : next, end + 500))
}

/** The first line of a secret with what stands around it; every secret in it is stars. */
function excerptOf(buffer: Buffer, start: number, end: number, hits: Hit[]): string {
  const from = Math.max(start === 0 ? 0 : buffer.lastIndexOf(10, start - 1) + 1, start - around)
  const next = buffer.indexOf(10, end)
  const to = Math.min(next < 0 ? buffer.length : next, end + around)
  let text = ''
  let at = from
  for (const hit of hits) {
    if (hit.end <= at || hit.start >= to) continue
    if (hit.start > at) text += buffer.toString('utf8', at, hit.start)
    text += '*'.repeat(Math.min(hit.end - hit.start, 40))
    at = Math.min(hit.end, to)
  }
  return (text + buffer.toString('utf8', at, to)).slice(0, 200)
}

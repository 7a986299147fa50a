import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { JennerError } from '../../../base/errors.ts'
import type { ActionId } from '../model.ts'
import { checkNetworks } from '../network/rules.ts'
import { duration } from './duration.ts'
import { emptyPolicy, type Playbook, type PolicyProblem, priorities, type ResponsePolicy } from './model.ts'

const maxText = 1 << 20
const maxItems = 1000
const actionIds = ['observe', 'evidence', 'isolate', 'pause', 'stop', 'kill']

/**
 * Reads the response policy:
 *
 *     enabled: false
 *     protect: { names: ['db-*'], images: ['registry/*'], labels: ['tier=core'] }
 *     playbooks:
 *       - name: cut off a container that escapes
 *         when: { rules: ['*escape*'], tags: [container_escape], severity: critical }
 *         steps: [evidence, isolate]
 *         for: 30m          # optional; without it until `jenner release`
 *         allow: [10.0.0.5]
 *         max: 5            # an hour, default 5
 *
 * Every fault is named with its place; with faults the policy is not to be used.
 */
export function parsePolicy(text: string): { policy: ResponsePolicy; problems: PolicyProblem[] } {
  const problems: PolicyProblem[] = []
  if (text.length > maxText)
    return { policy: emptyPolicy, problems: [{ line: 1, column: 1, message: 'more than 1 MiB' }] }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent', schema: 'core' })
  const at = (offset: number): Pick<PolicyProblem, 'line' | 'column'> => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  for (const error of document.errors) problems.push({ ...at(error.pos[0]), message: error.message.split('\n')[0]! })
  const reader: Reader = { fault: (node, message) => void problems.push({ ...at(node?.range?.[0] ?? 0), message }) }
  const root = document.contents as Node | null
  if (root === null || problems.length > 0) return { policy: emptyPolicy, problems }
  const parts = mapping(reader, root, ['enabled', 'protect', 'playbooks'])
  const policy: ResponsePolicy = {
    enabled: boolean(reader, parts.get('enabled')),
    protect: protect(reader, parts.get('protect')),
    playbooks: items(reader, parts.get('playbooks')).map(node => playbook(reader, node)),
  }
  return { policy, problems }
}

interface Reader {
  fault(node: Node | undefined, message: string): void
}

function playbook(reader: Reader, node: Node): Playbook {
  const parts = mapping(reader, node, ['name', 'when', 'steps', 'for', 'allow', 'max'])
  for (const key of ['name', 'when', 'steps']) if (!parts.has(key)) reader.fault(node, `${key} is missing`)
  const steps = items(reader, parts.get('steps')).map(step => oneOf(reader, step, actionIds) as ActionId)
  if (parts.has('steps') && steps.length === 0) reader.fault(parts.get('steps'), 'steps is empty')
  const time = timeOf(reader, parts.get('for'))
  return {
    name: parts.has('name') ? string(reader, parts.get('name')!) : '',
    when: condition(reader, parts.get('when')),
    steps,
    allow: networks(reader, parts.get('allow')),
    max: count(reader, parts.get('max')),
    ...(time === undefined ? {} : { for: time }),
  }
}

function condition(reader: Reader, node: Node | undefined): Playbook['when'] {
  if (node === undefined) return {}
  const parts = mapping(reader, node, ['rules', 'tags', 'severity'])
  if (parts.size === 0) reader.fault(node, 'when is empty: it would apply to every alert')
  const severity = parts.get('severity')
  return {
    ...(parts.has('rules') ? { rules: strings(reader, parts.get('rules')) } : {}),
    ...(parts.has('tags') ? { tags: strings(reader, parts.get('tags')) } : {}),
    ...(severity === undefined ? {} : { severity: oneOf(reader, severity, priorities) }),
  }
}

function protect(reader: Reader, node: Node | undefined): ResponsePolicy['protect'] {
  if (node === undefined) return {}
  const parts = mapping(reader, node, ['names', 'images', 'labels'])
  return Object.fromEntries([...parts].map(([key, value]) => [key, strings(reader, value)]))
}

function mapping(reader: Reader, node: Node, allowed: string[]): Map<string, Node> {
  const parts = new Map<string, Node>()
  if (!isMap(node)) {
    reader.fault(node, 'a mapping is expected')
    return parts
  }
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (!allowed.includes(name)) reader.fault(key as Node, `unknown key ${name} (${allowed.join(', ')})`)
    else if (value !== null) parts.set(name, value as Node)
  }
  return parts
}

function items(reader: Reader, node: Node | undefined): Node[] {
  if (node === undefined) return []
  if (!isSeq(node)) reader.fault(node, 'a list is expected')
  else if (node.items.length > maxItems) reader.fault(node, `more than ${maxItems} items`)
  else return node.items as Node[]
  return []
}

const strings = (reader: Reader, node: Node | undefined): string[] =>
  items(reader, node).map(item => string(reader, item))

function string(reader: Reader, node: Node): string {
  if (isScalar(node) && typeof node.value === 'string' && node.value !== '') return node.value
  reader.fault(node, 'a text is expected')
  return ''
}

function oneOf(reader: Reader, node: Node, allowed: string[]): string {
  const word = isScalar(node) ? String(node.value).toLowerCase() : ''
  if (!allowed.includes(word)) reader.fault(node, `${word || 'this'} is none of ${allowed.join(', ')}`)
  return word
}

function boolean(reader: Reader, node: Node | undefined): boolean {
  if (node === undefined) return false
  if (isScalar(node) && typeof node.value === 'boolean') return node.value
  reader.fault(node, 'true or false is expected')
  return false
}

function count(reader: Reader, node: Node | undefined): number {
  if (node === undefined) return 5
  const value = isScalar(node) ? node.value : undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  reader.fault(node, 'a whole number is expected')
  return 0
}

function timeOf(reader: Reader, node: Node | undefined): number | undefined {
  if (node === undefined) return undefined
  const time = isScalar(node) ? duration(String(node.value)) : undefined
  if (time === undefined) reader.fault(node, 'a time is expected: 30s, 10m, 1h30m')
  return time
}

function networks(reader: Reader, node: Node | undefined): string[] {
  return items(reader, node).map(item => {
    const text = string(reader, item)
    try {
      checkNetworks([text])
    } catch (error) {
      reader.fault(item, error instanceof JennerError ? error.detail : String(error))
    }
    return text
  })
}

import type { FoundSecrets, Secret } from '../../base/model/content.ts'
import { standardFinder } from './find.ts'

/** A part of an image configuration as text: what stands in it, and as what kind of file it is read. */
interface Part {
  name: string
  text: string
  kind: string
}

/** The parts of an OCI image configuration in which secrets are left: environment, command, entrypoint, labels, health check, history. */
function partsOf(config: Record<string, unknown>): Part[] {
  const run = recordOf(config.config)
  const history = Array.isArray(config.history) ? config.history : []
  const labels = recordOf(run.Labels)
  return [
    { name: 'Env', text: lines(run.Env), kind: '.env' },
    { name: 'Entrypoint', text: command(run.Entrypoint), kind: 'entrypoint.sh' },
    { name: 'Cmd', text: command(run.Cmd), kind: 'cmd.sh' },
    { name: 'Healthcheck', text: command(recordOf(run.Healthcheck).Test), kind: 'healthcheck.sh' },
    {
      name: 'Labels',
      text: Object.entries(labels)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join('\n'),
      kind: 'labels.properties',
    },
    { name: 'history', text: history.map(entry => oneLine(recordOf(entry).created_by)).join('\n'), kind: 'dockerfile' },
  ]
}

/** Secrets in an image's configuration; the line of a finding is the entry's position in its list. */
export function secretsOfConfig(config: Record<string, unknown> | undefined): FoundSecrets[] {
  if (config === undefined) return []
  return partsOf(config).flatMap(({ name, text, kind }) => {
    const secrets: Secret[] = text === '' ? [] : standardFinder().find(Buffer.from(text), kind)
    return secrets.length === 0 ? [] : [{ path: `config.json (${name})`, secrets }]
  })
}

/** A value of any shape with the secrets in its texts as stars: what is shown of an image must not hold what was found in it. */
export function maskConfig<Value>(value: Value): Value {
  return masked(value, 'dockerfile', 0) as Value
}

function masked(value: unknown, kind: string, depth: number): unknown {
  if (typeof value === 'string') return maskText(value, kind)
  if (depth > 32 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => masked(item, kind, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' ? maskNamed(name, inner) : masked(inner, name === 'Env' ? '.env' : kind, depth + 1),
    ]),
  )
}

/** A label's name tells what its value is. */
function maskNamed(name: string, text: string): string {
  const line = `${name}=`
  return maskText(line + text, 'labels.properties').slice(line.length)
}

export function maskText(text: string, kind: string): string {
  if (text.length < 8) return text
  const bytes = Buffer.from(text)
  const secrets = standardFinder().find(bytes, kind)
  if (secrets.length === 0) return text
  let out = ''
  let at = 0
  for (const { offset, length } of secrets) {
    out += `${bytes.toString('utf8', at, offset)}***`
    at = offset + length
  }
  return out + bytes.toString('utf8', at)
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function lines(value: unknown): string {
  return Array.isArray(value) ? value.map(oneLine).join('\n') : ''
}

function command(value: unknown): string {
  return Array.isArray(value) ? value.map(oneLine).join(' ') : oneLine(value ?? '')
}

function oneLine(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1 << 20).replace(/[\r\n]+/g, ' ') : ''
}

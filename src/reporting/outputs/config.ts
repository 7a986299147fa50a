import { JennerError } from '../../base/errors.ts'
import type { OutputConfig, OutputField } from './model.ts'

const longest = 20_000

/** Checks settings against an output's fields; throws bad_argument that names the field. What nobody asked for is refused too: a mistyped key must not pass. */
export function checkConfig(fields: readonly OutputField[], given: Record<string, unknown>): OutputConfig {
  const config: OutputConfig = {}
  for (const key of Object.keys(given))
    if (!fields.some(field => field.key === key)) throw new JennerError('bad_argument', `${key}: unknown`)
  for (const field of fields) {
    const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined
    if (value === undefined || value === '' || value === null) {
      if (field.required) throw new JennerError('bad_argument', `${field.key}: missing`)
      continue
    }
    config[field.key] = checkValue(field, value)
  }
  return config
}

function checkValue({ key, type, choices }: OutputField, value: unknown): string | number | boolean {
  const wrong = (want: string): never => {
    throw new JennerError('bad_argument', `${key}: ${want}`)
  }
  if (type === 'number')
    return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : wrong('a whole number')
  if (type === 'boolean') return typeof value === 'boolean' ? value : wrong('true or false')
  if (typeof value !== 'string' || value.length > longest) return wrong('a text')
  if (type === 'choice' && !(choices ?? []).includes(value)) return wrong((choices ?? []).join(', '))
  if (type === 'url') return checkUrl(value, wrong)
  // Line breaks in a header, a mail address or a syslog name would be another header.
  if (type !== 'template' && /[\r\n\0]/.test(value)) return wrong('one line')
  return value
}

/** An address is shown to whoever may look: a password has fields of its own. */
function checkUrl(value: string, wrong: (want: string) => never): string {
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol)) return wrong('an http(s) address')
  return url.username === '' && url.password === '' ? value : wrong('without a password')
}

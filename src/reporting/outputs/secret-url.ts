import { JennerError } from '../../base/errors.ts'

/** An address that is a secret itself, as those of chat webhooks are. Throws bad_argument without telling it. */
export function secretUrl(value: unknown, key: string): string {
  const url = URL.parse(String(value))
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new JennerError('bad_argument', `${key}: an http(s) address`)
  return url.href
}

import { JennerError } from '../../../base/errors.ts'
import { get } from './request.ts'

const maxPointer = 4 * 1024 * 1024

/**
 * Follows documents that only say where the next one is (a mirror list, `repomd.xml`) to the address of the file itself.
 * Throws JennerError feed_unreachable when one does not say, limit_exceeded when one is too large to be such a document.
 */
export async function follow(
  url: string,
  hops: ((text: string) => string | undefined)[],
  idle: number,
  signal?: AbortSignal,
): Promise<string> {
  let at = url
  for (const hop of hops) {
    const { response, url: from } = await get(at, { 'accept-encoding': 'identity' }, { idle, redirects: 5 }, signal)
    if (response.statusCode !== 200) {
      response.destroy()
      throw new JennerError('feed_unreachable', `${from}: status ${response.statusCode}`)
    }
    const next = hop(await textOf(response, from))
    const target = next === undefined ? null : URL.parse(next, from)
    if (target === null) throw new JennerError('feed_unreachable', `${from} names no file`)
    at = target.href
  }
  return at
}

async function textOf(response: AsyncIterable<Uint8Array>, url: string): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of response) {
      length += part.length
      if (length > maxPointer) throw new JennerError('limit_exceeded', url)
      parts.push(part)
    }
  } catch (error) {
    throw error instanceof JennerError ? error : new JennerError('feed_unreachable', `${url}: broke off`, error)
  }
  return Buffer.concat(parts).toString('utf8')
}

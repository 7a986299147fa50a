import { TextDecoder } from 'node:util'
import { GiB, MiB } from '../../base/limits.ts'
import type { Secret } from '../../base/model/content.ts'
import type { EntrySink } from '../../base/model/visitor.ts'
import { isUtf16 } from './files.ts'
import type { SecretFinder } from './find.ts'

export interface StreamResult {
  secrets: Secret[]
  /** More than `maxStreamBytes` came: the rest was not looked at. */
  cut: boolean
  /** Rules of which not every place was looked at. */
  cutRules: string[]
  complete: boolean
}

const windowBytes = 4 * MiB
/** Longer than any secret: what begins this close to the end of a window is judged in the next one. */
const overlapBytes = 64 * 1024
/** What stands before a secret and names it. */
const leadBytes = 4096
export const maxStreamBytes = GiB
/** Of one file, as `find` gives. */
export const maxSecrets = 1000

/** Looks through a text of any size, with or without lines, in windows that overlap. `onWindow` before each. */
export function secretStream(
  finder: SecretFinder,
  path: string,
  done: (result: StreamResult) => void,
  onWindow: () => void = () => {},
): EntrySink {
  const buffer = Buffer.allocUnsafeSlow(windowBytes + overlapBytes + leadBytes)
  let filled = 0
  /** Of the text: where the buffer begins, up to where all was judged, and the lines before the buffer. */
  let start = 0
  let judged = 0
  let lines = 0
  let received = 0
  const secrets: Secret[] = []
  const cutRules = new Set<string>()

  const judge = (last: boolean): void => {
    onWindow()
    const until = last ? Number.POSITIVE_INFINITY : start + filled - overlapBytes
    for (const secret of finder.find(buffer.subarray(0, filled), path, rule => cutRules.add(rule))) {
      const offset = start + secret.offset
      if (offset < judged || offset >= until || secrets.length >= maxSecrets) continue
      secrets.push({ ...secret, offset, startLine: secret.startLine + lines, endLine: secret.endLine + lines })
    }
    if (last) return
    judged = until
    const keep = Math.max(0, filled - overlapBytes - leadBytes)
    lines += countLines(buffer.subarray(0, keep))
    buffer.copyWithin(0, keep, filled)
    start += keep
    filled -= keep
  }

  const take = (text: Uint8Array): void => {
    for (let at = 0; at < text.length; ) {
      const part = text.subarray(at, at + buffer.length - filled)
      buffer.set(part, filled)
      filled += part.length
      at += part.length
      if (filled === buffer.length) judge(false)
    }
  }

  let decoder: TextDecoder | undefined
  return {
    write(chunk) {
      if (received === 0) decoder = utf16Decoder(chunk)
      const part = chunk.subarray(0, Math.max(0, maxStreamBytes - received))
      received += chunk.length
      take(decoder ? Buffer.from(decoder.decode(part, { stream: true })) : part)
    },
    end(complete) {
      judge(true)
      done({ secrets, cut: received > maxStreamBytes, cutRules: [...cutRules], complete })
    },
  }
}

/** A byte order mark says that the text is UTF-16: the rules read UTF-8. */
function utf16Decoder(head: Uint8Array): TextDecoder | undefined {
  return isUtf16(head) ? new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be') : undefined
}

function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}

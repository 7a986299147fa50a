import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { RuntimeEvent } from '../../src/base/model/runtime.ts'
import { readRecording } from '../../src/runtime/watch/recording/decode.ts'
import { createEncoder, recordingHead } from '../../src/runtime/watch/recording/encode.ts'

const kept = join(import.meta.dirname, 'recording.jsonl.br')

/** Events of a recording of `jenner watch --record FILE`: `file`, or the one that is kept here (made by record.ts). Undefined when there is none. */
export function recordedEvents(file: string | undefined): RuntimeEvent[] | undefined {
  if (file === undefined && !existsSync(kept)) return undefined
  const text = file === undefined ? String(brotliDecompressSync(readFileSync(kept))) : readFileSync(file, 'utf8')
  const { events } = readRecording(text)
  if (events.length === 0) throw new Error(`no events in ${file ?? kept}`)
  return events
}

/** Keeps events as the recording of the bench, and answers its size in bytes. */
export function keepRecording(events: readonly RuntimeEvent[]): number {
  const text = `${recordingHead}\n${events.map(createEncoder()).join('')}`
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  }
  const bytes = brotliCompressSync(text, { params })
  writeFileSync(kept, bytes)
  return bytes.length
}

/** `openat 41.2 %, execve 12.0 %, …`: the types of events and their shares, the most frequent first. */
export function mixOf(events: readonly RuntimeEvent[]): string {
  const counts = new Map<string, number>()
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([type, count]) => `${type} ${((count / events.length) * 100).toFixed(1)} %`)
    .join(', ')
}

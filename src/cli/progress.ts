import { displayWidth } from '../base/text.ts'
import type { ScanProgress } from '../scan/options.ts'
import type { Context } from './context.ts'

const everyMs = 100
const megabyte = 1_000_000

/** One line on a terminal's standard error that says how far a scan is; nothing where there is no terminal. */
export interface ProgressLine {
  update(progress: ScanProgress): void
  clear(): void
}

export function progressLine(context: Context, wanted: boolean): ProgressLine {
  const { stderr } = context
  if (!wanted || !stderr.isTTY || context.env.TERM === 'dumb') return { update: () => {}, clear: () => {} }
  const started = performance.now()
  let shownAt = 0
  let shown = false
  return {
    update(progress) {
      const now = performance.now()
      if (now - shownAt < everyMs) return
      shownAt = now
      shown = true
      const line = progressText(progress, now - started, context.text)
      stderr.write(`\r\x1b[K${fit(line, (stderr.columns || 80) - 1)}`)
    },
    clear() {
      if (shown) stderr.write('\r\x1b[K')
      shown = false
    },
  }
}

/** `layer 3 of 12 · 120 of 410 MB · 95 MB/s · 3 s left` */
export function progressText(
  { phase, layer, layers, bytes, totalBytes }: ScanProgress,
  elapsed: number,
  text: Context['text'],
): string {
  const parts = [text(`progress.${phase}`)]
  if (layer !== undefined && layers !== undefined)
    parts.push(text('progress.layer', { layer: Math.min(layer + 1, layers), layers }))
  if (bytes > 0) {
    const read = (bytes / megabyte).toFixed(0)
    parts.push(
      totalBytes ? text('progress.bytes_of', { read, total: (totalBytes / megabyte).toFixed(0) }) : `${read} MB`,
    )
    const rate = bytes / Math.max(1, elapsed)
    parts.push(`${((rate * 1000) / megabyte).toFixed(0)} MB/s`)
    if (totalBytes && elapsed > 1000) {
      const seconds = Math.ceil(Math.max(0, totalBytes - bytes) / rate / 1000)
      parts.push(text('progress.left', { seconds }))
    }
  }
  return parts.join(' · ')
}

function fit(line: string, columns: number): string {
  let text = line
  while (displayWidth(text) > columns && text !== '') text = text.slice(0, -1)
  return text
}

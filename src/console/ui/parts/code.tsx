import { Button } from '@mantine/core'
import { useState } from 'react'
import { visible } from '../format/safe.ts'
import { useText } from '../text/text.tsx'

/** A unified diff, a command or a file: added and removed lines on their colour, with a button to copy it as it is. */
export function Code({ text, label, copy = true }: { text: string; label: string; copy?: boolean }) {
  const lines = visible(text.replace(/\n$/, ''), { lines: true }).split('\n').slice(0, 2000)
  return (
    <div className="stack tight">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="code" aria-label={label} tabIndex={0}>
        <pre>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
            <span key={index} className={toneOf(line)}>
              {line === '' ? ' ' : line}
            </span>
          ))}
        </pre>
      </section>
      {copy && <Copy text={text} />}
    </div>
  )
}

export function Copy({ text }: { text: string }) {
  const { t } = useText()
  const [done, setDone] = useState(false)
  const copy = () =>
    void navigator.clipboard?.writeText(text).then(() => {
      setDone(true)
      setTimeout(() => setDone(false), 1500)
    })
  return (
    <div>
      <Button size="compact-xs" onClick={copy}>
        {done ? t('copy.done') : t('copy.do')}
      </Button>
    </div>
  )
}

function toneOf(line: string): string {
  if (/^(\+\+\+|---|@@|diff )/.test(line)) return 'meta'
  if (line.startsWith('+')) return 'plus'
  if (line.startsWith('-')) return 'minus'
  return ''
}

import { useState } from 'react'
import { visible } from '../format/safe.ts'

/** Foreign text of any length: its beginning, and the whole of it on request. */
export function Long({ text, limit = 160 }: { text: string; limit?: number }) {
  const [open, setOpen] = useState(false)
  const [first = ''] = text.split('\n', 1)
  if (text.length <= limit && first === text) return <span className="small">{visible(text)}</span>
  return (
    <div className="small">
      <button type="button" className="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        {visible(first, { limit })}
      </button>
      {open && (
        <div className="mono" style={{ whiteSpace: 'pre-wrap' }}>
          {visible(text, { lines: true })}
        </div>
      )}
    </div>
  )
}

import { useState } from 'react'
import type { Today } from '../../../server/schemas/health.ts'
import { count } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { Code } from '../../ui/parts/code.tsx'
import { Go } from '../../ui/parts/go.tsx'
import { SeverityTag } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { useText } from '../../ui/text/text.tsx'

/** The changes that remove most findings, the first one open. */
export function Fixes({ fixes }: { fixes: Today['fixes'] }) {
  const { t, both, lang } = useText()
  const [open, setOpen] = useState(0)
  if (fixes.length === 0) return <Empty title={t('today.no_fixes')} />
  return (
    <ol className="list">
      {fixes.slice(0, 5).map((fix, index) => (
        <li key={`${fix.imageId ?? fix.containerId} ${fix.diff}`} className="stack tight">
          <div className="row">
            <SeverityTag value={fix.worst} />
            <button
              type="button"
              className="plain strong"
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? -1 : index)}
            >
              {visible(both(fix.title), { limit: 300 })}
            </button>
            <span className="end small dim">{t('fix.removes', { n: count(fix.removes, lang) })}</span>
          </div>
          {fix.imageId && (
            <Go to={pathOf('images', fix.imageId)} className="small">
              {visible(fix.image ?? fix.imageId, { limit: 200 })}
            </Go>
          )}
          {fix.containerId && (
            <Go to={pathOf('containers', fix.containerId)} className="small">
              {t('fix.container')}
            </Go>
          )}
          {open === index && <Code text={fix.diff} label={t('fix.label')} />}
        </li>
      ))}
    </ol>
  )
}

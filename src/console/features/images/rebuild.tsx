import type { ImageDetail } from '../../../server/schemas/images.ts'
import { NothingFound } from '../../ui/domain/verdict.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Code } from '../../ui/parts/code.tsx'
import { Panel } from '../../ui/parts/page.tsx'
import { SeverityTag, severities } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { useText } from '../../ui/text/text.tsx'

/** The fewest upgrades, each as a diff, with how many findings it removes. */
export function Rebuild({ image }: { image: ImageDetail }) {
  const { t } = useText()
  const any = severities.some(severity => image.vulnerabilities[severity] > 0)
  return (
    <Panel title={t('image.rebuild')} note={t('image.rebuild_note')} flush>
      {image.fixes.length === 0 &&
        (any ? (
          <Empty title={t('image.no_fixes')}>{t('image.no_fixes_why')}</Empty>
        ) : (
          <NothingFound scan={image.scan} />
        ))}
      <ol className="list">
        {image.fixes.slice(0, 50).map(fix => (
          <li key={`${fix.package} ${fix.from} ${fix.to}`} className="stack tight">
            <div className="row">
              <SeverityTag value={fix.worst} />
              <span className="strong">{visible(fix.package)}</span>
              <span className="mono">{visible(`${fix.from} → ${fix.to}`)}</span>
              <span className="end small dim">{t('fix.removes', { n: fix.removes })}</span>
            </div>
            <Code text={fix.diff} label={t('fix.label')} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

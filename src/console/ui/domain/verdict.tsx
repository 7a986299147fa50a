import type { SeverityCounts } from '../../../server/schemas/common.ts'
import type { Health } from '../../../server/schemas/health.ts'
import type { Image } from '../../../server/schemas/images.ts'
import { useOne } from '../api/query.ts'
import { visible } from '../format/safe.ts'
import { Counts, severities, Tag } from '../parts/severity.tsx'
import { Empty } from '../parts/states.tsx'
import { useText } from '../text/text.tsx'

/** Whether only the starter database is there; undefined until that is known. While it is not known to be false, nothing is called clean. */
export function useStarter(): boolean | undefined {
  return useOne<Health>('health').data?.advisories.starter
}

/** What may be said where a list of findings is empty: "none" only when the scan is whole and the advisories are. */
export function NothingFound({ scan, filtered = false }: { scan?: Image['scan']; filtered?: boolean }) {
  const { t } = useText()
  const starter = useStarter()
  if (filtered) return <Empty title={t('none.filtered')}>{t('none.filtered_why')}</Empty>
  if (scan && scan.state !== 'done')
    return (
      <Empty title={t(`none.${scan.state === 'failed' ? 'failed' : 'unscanned'}`)}>
        {scan.error ? visible(scan.error, { limit: 500 }) : t('none.unscanned_why')}
      </Empty>
    )
  if (scan && scan.incomplete.length > 0)
    return <Empty title={t('none.incomplete')}>{t('none.incomplete_why', { n: scan.incomplete.length })}</Empty>
  if (starter !== false) return <Empty title={t('none.starter')}>{t('none.starter_why')}</Empty>
  return <Empty title={t('none.none')}>{t('none.none_why')}</Empty>
}

/** Counts, or why there are none to trust: without a finding, nothing is called clean while its scan or the database is not whole. */
export function CountsOrWhy({ counts, scan }: { counts: SeverityCounts | undefined; scan?: Image['scan'] }) {
  const { t } = useText()
  const starter = useStarter()
  if (counts !== undefined && severities.some(severity => counts[severity] > 0)) return <Counts value={counts} />
  if (counts === undefined || (scan && scan.state !== 'done')) return <span className="dim">{t('images.unknown')}</span>
  if (scan && scan.incomplete.length > 0) return <Tag tone="medium">{t('images.incomplete')}</Tag>
  if (starter !== false) return <span className="dim">{t('images.starter')}</span>
  return scan ? <Tag tone="good">{t('images.clean')}</Tag> : <Counts value={counts} />
}

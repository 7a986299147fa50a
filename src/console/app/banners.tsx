import type { Health } from '../../server/schemas/health.ts'
import type { LiveState } from '../ui/api/live.ts'
import { useOne } from '../ui/api/query.ts'
import { StartJob } from '../ui/domain/start-job.tsx'
import { visible } from '../ui/format/safe.ts'
import { Go } from '../ui/parts/go.tsx'
import { useText } from '../ui/text/text.tsx'

/** What holds on every screen: only the starter database, a part that failed, a lost connection. */
export function Banners({ live }: { live: LiveState }) {
  const { t, both } = useText()
  const { data: health } = useOne<Health>('health')
  const failed = health?.parts.filter(({ state }) => state === 'failed') ?? []
  return (
    <>
      {health?.advisories.starter && (
        <div className="banner" role="note">
          <b>{t('banner.starter')}</b>
          <span>{t('banner.starter_why')}</span>
          <StartJob kind="feeds" label={t('banner.update')} />
        </div>
      )}
      {failed.length > 0 && (
        <div className="banner bad" role="note">
          <b>{t('banner.failed')}</b>
          <span>{failed.map(part => visible(both(part.detail), { limit: 200 })).join(' · ')}</span>
          <Go to="/platform">{t('nav.platform')}</Go>
        </div>
      )}
      {live === 'lost' && (
        <div className="banner bad" role="note">
          <b>{t('live.lost')}</b>
          <span>{t('live.lost_why')}</span>
        </div>
      )}
    </>
  )
}

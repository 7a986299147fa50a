import type { IncidentDetail } from '../../../server/schemas/incidents.ts'
import type { Settings } from '../../../server/schemas/settings.ts'
import { useOne } from '../../ui/api/query.ts'
import { leftUntil } from '../../ui/format/time.ts'
import { Panel } from '../../ui/parts/page.tsx'
import { useNow } from '../../ui/text/now.tsx'
import { useText } from '../../ui/text/text.tsx'

/** How long is left to report an intrusion, and a leak of personal data, from the first sign of it on. */
export function Clocks({ incident }: { incident: IncidentDetail }) {
  const { t } = useText()
  const settings = useOne<Settings>('settings')
  const hours = settings.data?.clocks ?? { intrusionHours: 24, leakHours: 72 }
  return (
    <Panel title={t('clock.title')}>
      <div className="stack">
        <Clock
          label={t('clock.intrusion', { n: hours.intrusionHours })}
          from={incident.first}
          hours={hours.intrusionHours}
        />
        <Clock label={t('clock.leak', { n: hours.leakHours })} from={incident.first} hours={hours.leakHours} />
        <span className="small dim">{t('clock.note')}</span>
      </div>
    </Panel>
  )
}

function Clock({ label, from, hours }: { label: string; from: string; hours: number }) {
  const { t } = useText()
  const left = leftUntil(from, hours, useNow())
  const minutes = Math.abs(left.minutes)
  const amount = t('clock.amount', { h: Math.floor(minutes / 60), m: minutes % 60 })
  const tone = left.over ? 'bad' : left.share > 0.75 ? 'warn' : ''
  return (
    <div className="stack tight">
      <div className="row">
        <span>{label}</span>
        <span className="end strong">{t(left.over ? 'clock.over' : 'clock.left', { amount })}</span>
      </div>
      <div className={`bar ${tone}`} aria-hidden="true">
        <i style={{ width: `${left.share * 100}%` }} />
      </div>
    </div>
  )
}

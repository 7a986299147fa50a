import type { Host } from '../../../server/schemas/hosts.ts'
import { percent } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { useText } from '../../ui/text/text.tsx'

const tones: Record<Host['sensor']['state'], Tone> = {
  running: 'good',
  off: 'high',
  failed: 'critical',
  unsupported: 'high',
}

export function SensorState({ host: { sensor } }: { host: Host }) {
  const { t } = useText()
  return (
    <Tag tone={tones[sensor.state]} title={visible(sensor.reason ?? '', { limit: 300 })}>
      {t(`sensor.${sensor.state}`)}
    </Tag>
  )
}

/** One number for what was not missed in the last hour; unknown is not 100 %. */
export function Coverage({ host: { sensor } }: { host: Host }) {
  const { t, lang } = useText()
  if (sensor.coverage === undefined) return <span className="dim">{t('host.coverage_unknown')}</span>
  const share = sensor.coverage / 100
  const tone = share >= 0.999 ? '' : share >= 0.98 ? 'warn' : 'bad'
  return (
    <span className="row nowrap">
      <span className={`bar ${tone}`} style={{ width: 44 }} aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </span>
      {percent(share, lang)}
    </span>
  )
}

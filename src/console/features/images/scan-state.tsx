import type { Image } from '../../../server/schemas/images.ts'
import { visible } from '../../ui/format/safe.ts'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'

const tones: Record<Image['scan']['state'], Tone> = {
  none: '',
  queued: '',
  running: 'accent',
  done: 'good',
  failed: 'critical',
}

/** How far the scan is; a scan that left something out says so. */
export function ScanState({ scan }: { scan: Image['scan'] }) {
  const { t } = useText()
  if (scan.state === 'done' && scan.incomplete.length > 0)
    return (
      <Tag tone="medium" title={visible(scan.incomplete[0]!.reason, { limit: 300 })}>
        {t('images.incomplete_n', { n: scan.incomplete.length })}
      </Tag>
    )
  return (
    <span title={visible(scan.error ?? '', { limit: 300 })}>
      {scan.state === 'done' ? <Ago at={scan.at} /> : <Tag tone={tones[scan.state]}>{t(`scan.${scan.state}`)}</Tag>}
    </span>
  )
}

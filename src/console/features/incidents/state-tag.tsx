import type { Incident } from '../../../server/schemas/incidents.ts'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { useText } from '../../ui/text/text.tsx'

const tones: Record<Incident['state'], Tone> = { open: 'critical', acknowledged: 'medium', closed: '' }

export function StateTag({ value }: { value: Incident['state'] }) {
  const { t } = useText()
  return <Tag tone={tones[value]}>{t(`incident_state.${value}`)}</Tag>
}

import type { Container } from '../../../server/schemas/containers.ts'
import { visible } from '../../ui/format/safe.ts'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { useText } from '../../ui/text/text.tsx'

const tones: Partial<Record<Container['state'], Tone>> = { running: 'good', paused: 'accent', dead: 'critical' }

/** Its state, and the response in force on it. */
export function ContainerState({ container }: { container: Container }) {
  const { t, word } = useText()
  return (
    <span className="row" style={{ gap: 4 }}>
      <Tag tone={tones[container.state] ?? ''}>{t(`container_state.${container.state}`)}</Tag>
      {container.actions.map(action => (
        <Tag key={action} tone="accent">
          {visible(word(`in_force.${action}`), { limit: 40 })}
        </Tag>
      ))}
    </span>
  )
}

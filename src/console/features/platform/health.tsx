import type { Health } from '../../../server/schemas/health.ts'
import { useOne } from '../../ui/api/query.ts'
import { StartJob } from '../../ui/domain/start-job.tsx'
import { bytes, count } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { Facts, Panel } from '../../ui/parts/page.tsx'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { Ago, At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'

const tones: Record<Health['parts'][number]['state'], Tone> = {
  ok: 'good',
  degraded: 'medium',
  failed: 'critical',
  off: '',
}

export function HealthBoard() {
  const health = useOne<Health>('health')
  return <Ready of={health}>{data => <Board health={data} />}</Ready>
}

function Board({ health }: { health: Health }) {
  const { t, both, lang } = useText()
  const { advisories, store } = health
  return (
    <div className="grid two">
      <div className="stack">
        <Panel title={t('health.parts')} flush>
          <ul className="list">
            {health.parts.map(({ name, state, detail }) => (
              <li key={name} className="row">
                <span style={{ width: 86 }}>
                  <Tag tone={tones[state]}>{t(`part_state.${state}`)}</Tag>
                </span>
                <span className="strong">{t(`part.${name}`)}</span>
                <span className="dim">{visible(both(detail), { limit: 400 })}</span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={t('today.advisories')} note={<StartJob kind="feeds" label={t('banner.update')} />} flush>
          <div className="panel-body">
            {advisories.starter && <p style={{ marginTop: 0 }}>{t('banner.starter_why')}</p>}
            {advisories.builtAt && (
              <>
                {t('today.built')} <At at={advisories.builtAt} /> (<Ago at={advisories.builtAt} />)
              </>
            )}
          </div>
          <ul className="list">
            {advisories.sources.map(({ id, name, records, date }) => (
              <li key={id} className="row">
                <span>{visible(name, { limit: 100 })}</span>
                <span className="end">{t('health.records', { n: count(records, lang) })}</span>
                <span className="dim small" style={{ width: 96 }}>
                  {visible(date ?? '', { limit: 40 }).slice(0, 10)}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <Panel title={t('health.server')}>
        <Facts
          rows={[
            [t('health.version'), visible(health.version)],
            [t('health.started'), <At key="started" at={health.startedAt} />],
            [t('health.store'), `${store.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} · ${bytes(store.bytes, lang)}`],
            [t('trend.alerts'), count(store.alerts, lang)],
            [t('container.events'), count(store.events, lang)],
            [t('host.memory'), bytes(health.memory, lang)],
            [
              t('health.queue'),
              t('health.queue_value', {
                queued: health.jobs.queued,
                running: health.jobs.running,
                failed: health.jobs.failed,
              }),
            ],
          ]}
        />
      </Panel>
    </div>
  )
}

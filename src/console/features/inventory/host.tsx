import { useParams } from '@tanstack/react-router'
import type { Host } from '../../../server/schemas/hosts.ts'
import { useOne } from '../../ui/api/query.ts'
import { Risks } from '../../ui/domain/risk.tsx'
import { StartJob } from '../../ui/domain/start-job.tsx'
import { bytes, count } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { Go } from '../../ui/parts/go.tsx'
import { Facts, Page, Panel } from '../../ui/parts/page.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { Ago, At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { Coverage, SensorState } from './sensor.tsx'

/** A host: what watches it, what is not seen, what is risky in its daemon and its own settings. */
export function HostPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { t } = useText()
  const host = useOne<Host>(`hosts/${encodeURIComponent(id)}`)
  return (
    <Page
      title={visible(host.data?.name ?? id, { limit: 200 })}
      crumb={
        <Go to="/inventory" search={{ tab: 'hosts' }}>
          {t('inventory.hosts')}
        </Go>
      }
      answer={host.data && <Answer host={host.data} />}
      actions={<StartJob kind="scan_host" target={id} label={t('host.scan')} />}
    >
      <Ready of={host}>{data => <Body host={data} />}</Ready>
    </Page>
  )
}

function Answer({ host }: { host: Host }) {
  const { t } = useText()
  return (
    <span className="row">
      <SensorState host={host} />
      <Coverage host={host} />
      <span className="dim">
        {t('host.seen')} <Ago at={host.lastSeen} />
      </span>
    </span>
  )
}

function Body({ host }: { host: Host }) {
  const { t, lang } = useText()
  const { sensor } = host
  return (
    <div className="grid two">
      <Panel title={t('host.risks')} flush>
        {host.risks.length === 0 ? <Empty title={t('host.no_risks')} /> : <Risks value={host.risks} />}
      </Panel>
      <div className="stack">
        <Panel title={t('host.sensor')}>
          <Facts
            rows={[
              [t('container.state'), <SensorState key="state" host={host} />],
              [t('host.reason'), sensor.reason && visible(sensor.reason)],
              [t('host.coverage'), <Coverage key="coverage" host={host} />],
              [t('host.produced'), count(sensor.produced, lang)],
              [t('host.filtered'), count(sensor.filtered, lang)],
              [t('host.judged'), count(sensor.judged, lang)],
              [t('host.lost'), count(sensor.lost, lang)],
            ]}
          />
        </Panel>
        <Panel title={t('host.blind')} flush>
          {sensor.losses.length === 0 && <p className="note panel-body">{t('host.no_blind')}</p>}
          <ul className="list">
            {sensor.losses.map(({ what, why }) => (
              <li key={what}>
                <span className="strong">{visible(what, { limit: 300 })}</span>
                <div className="small dim">{visible(why, { limit: 500 })}</div>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={t('host.machine')}>
          <Facts
            rows={[
              [t('images.os'), visible(host.os)],
              [t('host.kernel'), visible(host.kernel)],
              [t('host.cores'), String(host.cores)],
              [t('host.memory'), bytes(host.memory, lang)],
              [t('host.agent'), visible(host.agentVersion)],
              [
                t('host.runtimes'),
                host.runtimes
                  .map(({ name, version, connected, reason }) =>
                    visible(`${name} ${version}${connected ? '' : ` (${reason ?? t('host.unconnected')})`}`),
                  )
                  .join(', '),
              ],
              [t('inventory.containers'), count(host.containers, lang)],
              [t('nav.images'), count(host.images, lang)],
              [t('host.since'), <At key="since" at={host.firstSeen} />],
            ]}
          />
        </Panel>
      </div>
    </div>
  )
}

import { useParams } from '@tanstack/react-router'
import type { Action } from '../../../server/schemas/actions.ts'
import type { Container } from '../../../server/schemas/containers.ts'
import type { EventRow } from '../../../server/schemas/events.ts'
import type { Incident } from '../../../server/schemas/incidents.ts'
import type { LogLine } from '../../../server/schemas/logs.ts'
import { useOne, usePages } from '../../ui/api/query.ts'
import { ActionList, RespondButtons } from '../../ui/domain/respond.tsx'
import { Risks } from '../../ui/domain/risk.tsx'
import { CountsOrWhy } from '../../ui/domain/verdict.tsx'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { clock } from '../../ui/format/time.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { Facets } from '../../ui/parts/facets.tsx'
import { Go } from '../../ui/parts/go.tsx'
import { Facts, Page, Panel } from '../../ui/parts/page.tsx'
import { PriorityTag, Tag } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { Tabs } from '../../ui/parts/tabs.tsx'
import { Ago, At } from '../../ui/parts/time.tsx'
import { useNow } from '../../ui/text/now.tsx'
import { useText } from '../../ui/text/text.tsx'
import { ContainerState } from './container-state.tsx'
import { portText } from './ports.ts'

/** How a container runs, what is risky in that, and what to change. */
export function ContainerPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { t } = useText()
  const container = useOne<Container>(`containers/${encodeURIComponent(id)}`)
  return (
    <Page
      title={visible(container.data?.name ?? id, { limit: 200 })}
      crumb={<Go to="/inventory">{t('nav.inventory')}</Go>}
      answer={
        container.data && (
          <span className="row">
            <ContainerState container={container.data} />
            {t('container.answer', { n: container.data.risks.length })}
          </span>
        )
      }
    >
      <Ready of={container}>
        {data => (
          <Tabs
            label={visible(data.name, { limit: 100 })}
            tabs={[
              { id: 'setup', label: t('container.setup'), show: () => <Setup container={data} /> },
              { id: 'logs', label: t('container.logs'), show: () => <Logs container={data} /> },
              { id: 'events', label: t('container.events'), show: () => <Events container={data} /> },
            ]}
          />
        )}
      </Ready>
    </Page>
  )
}

function Setup({ container }: { container: Container }) {
  const { t, both } = useText()
  const actions = usePages<Action>('actions', { container: container.id }, 50)
  const incidents = usePages<Incident>('incidents', { container: container.id, state: 'open,acknowledged' }, 50)
  return (
    <div className="grid two">
      <div className="stack">
        <Panel title={t('container.risks')} flush>
          {container.risks.length === 0 ? (
            <Empty title={t('container.no_risks')}>{t('container.no_risks_why')}</Empty>
          ) : (
            <Risks value={container.risks} />
          )}
        </Panel>
      </div>
      <div className="stack">
        <Panel title={t('incident.respond')}>
          <RespondButtons containerId={container.id} />
        </Panel>
        <Panel title={t('container.how')}>
          <HowItRuns container={container} />
        </Panel>
        <Panel title={t('today.incidents')} flush>
          {incidents.rows.length === 0 && <p className="note panel-body">{t('incidents.none_open')}</p>}
          <ul className="list">
            {incidents.rows.map(({ id, title, priority, last }) => (
              <li key={id} className="row">
                <PriorityTag value={priority} />
                <Go to={pathOf('incidents', id)}>{visible(both(title), { limit: 200 })}</Go>
                <span className="dim small">
                  <Ago at={last} />
                </span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={t('incident.taken')} flush>
          <ActionList actions={actions.rows} />
        </Panel>
      </div>
    </div>
  )
}

function HowItRuns({ container }: { container: Container }) {
  const { t } = useText()
  return (
    <Facts
      rows={[
        [
          t('word.image'),
          <Go key="image" to={pathOf('images', container.imageId)}>
            {visible(container.image)}
          </Go>,
        ],
        [t('images.findings'), <CountsOrWhy key="counts" counts={container.vulnerabilities} />],
        [t('container.owner'), visible(container.owner ?? t('todo.no_owner'))],
        [t('container.service'), container.service && visible(container.service)],
        [
          t('word.host'),
          <Go key="host" to={pathOf('hosts', container.hostId)}>
            {visible(container.host)}
          </Go>,
        ],
        [t('container.runtime'), visible(container.runtime)],
        [t('container.user'), visible(container.user === '' ? 'root' : container.user)],
        [t('container.privileged'), t(container.privileged ? 'word.yes' : 'word.no')],
        [
          t('container.ports'),
          container.ports.length > 0 && (
            <span key="ports" className="row" style={{ gap: 4 }}>
              {container.ports.map(port => (
                <Tag key={portText(port)} tone={port.exposed ? 'medium' : ''}>
                  {portText(port)}
                </Tag>
              ))}
            </span>
          ),
        ],
        [
          t('container.mounts'),
          container.mounts.length > 0 && (
            <span key="mounts" className="mono">
              {container.mounts.map(({ source, destination, writable }) => (
                <span key={destination} style={{ display: 'block' }}>
                  {visible(`${source} → ${destination} (${writable ? 'rw' : 'ro'})`, { limit: 400 })}
                </span>
              ))}
            </span>
          ),
        ],
        [t('container.created'), <At key="created" at={container.createdAt} />],
        [
          t('container.image_age'),
          container.imageAge === undefined ? undefined : t('decide.days', { n: container.imageAge }),
        ],
      ]}
    />
  )
}

function Logs({ container }: { container: Container }) {
  const { t, lang } = useText()
  const now = useNow()
  const [{ tab: _tab, ...query }] = useUrl()
  const lines = usePages<LogLine>(
    'logs',
    { ...query, container: container.id, ...(query['q'] ? { context: 3 } : {}) },
    200,
  )
  return (
    <>
      <Facets
        facets={[{ key: 'stream', kind: 'one', options: ['stdout', 'stderr'].map(value => ({ value, label: value })) }]}
      />
      <Panel title={t('container.logs')} note={t('container.logs_note')}>
        <Ready of={{ ...lines, data: lines.data && lines.rows }}>
          {rows =>
            rows.length === 0 ? (
              <Empty title={t('container.no_logs')}>{t('container.no_logs_why')}</Empty>
            ) : (
              <div className="mono" style={{ whiteSpace: 'pre-wrap' }}>
                {rows.map(({ id, time, stream, text }) => (
                  <div key={id}>
                    <span className="dim">{clock(time, now, lang)}</span>{' '}
                    <span style={stream === 'stderr' ? { color: 'var(--high)' } : {}}>
                      {visible(text, { limit: 4000 })}
                    </span>
                  </div>
                ))}
              </div>
            )
          }
        </Ready>
      </Panel>
    </>
  )
}

function Events({ container }: { container: Container }) {
  const { t, word } = useText()
  const events = usePages<EventRow>('events', { container: container.id }, 200)
  return (
    <Panel title={t('container.events')} flush>
      {events.rows.length === 0 && !events.isPending && <Empty title={t('container.no_events')} />}
      <ul className="list">
        {events.rows.map(({ id, time, name, text }) => (
          <li key={id}>
            <span className="dim small">
              <At at={time} />
            </span>{' '}
            <Tag>{visible(word(`event.${name}`), { limit: 60 })}</Tag> {visible(text, { limit: 500 })}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

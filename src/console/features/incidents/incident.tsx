import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Action } from '../../../server/schemas/actions.ts'
import type { IncidentDetail, IncidentPatch } from '../../../server/schemas/incidents.ts'
import { useOne, usePages, useWrite } from '../../ui/api/query.ts'
import { useMay, useMe } from '../../ui/api/session.tsx'
import { ExceptionModal } from '../../ui/domain/exception.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { ActionList, RespondButtons } from '../../ui/domain/respond.tsx'
import { count } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useKeys } from '../../ui/keys/use-keys.ts'
import { Go } from '../../ui/parts/go.tsx'
import { Facts, Page, Panel } from '../../ui/parts/page.tsx'
import { PriorityTag } from '../../ui/parts/severity.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { Ago, At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { Assign } from './assign.tsx'
import { Clocks } from './clocks.tsx'
import { Evidence } from './evidence.tsx'
import { ProcessTree } from './process-view.tsx'
import { StateTag } from './state-tag.tsx'
import { Comment, Timeline } from './timeline.tsx'

/** What exactly happened, how far, and is it stopped? */
export function IncidentPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { t, lang } = useText()
  const incident = useOne<IncidentDetail>(`incidents/${encodeURIComponent(id)}`)
  return (
    <Page
      title={incident.data ? visible(incident.data.title[lang], { limit: 200 }) : t('nav.incidents')}
      crumb={<Go to="/incidents">{t('nav.incidents')}</Go>}
      answer={incident.data && <Summary incident={incident.data} />}
      actions={incident.data && <Handle incident={incident.data} />}
    >
      <Ready of={incident}>{data => <Story incident={data} />}</Ready>
    </Page>
  )
}

function Summary({ incident }: { incident: IncidentDetail }) {
  const { t, lang } = useText()
  const taken = usePages<Action>('actions', { incident: incident.id }, 50)
  // The list of what holds comes with the agent's next report: a step that was undone meanwhile is not counted.
  const undone = new Set(taken.rows.filter(({ state }) => state === 'undone').map(({ step }) => step as string))
  const inForce =
    taken.rows.some(({ state, dryRun }) => state === 'active' && !dryRun) ||
    incident.actions.some(step => !undone.has(step))
  return (
    <span className="row">
      <PriorityTag value={incident.priority} />
      <StateTag value={incident.state} />
      <span>
        {t('incident.summary', {
          n: count(incident.count, lang),
          container: visible(incident.container || incident.host, { limit: 120 }),
        })}{' '}
        <Ago at={incident.last} />
        {' · '}
        {inForce ? t('incident.stopped') : t('incident.not_stopped')}
      </span>
    </span>
  )
}

/** Acknowledge, take, close, and the exception: keys a and e. */
function Handle({ incident }: { incident: IncidentDetail }) {
  const { t, both } = useText()
  const me = useMe()
  const may = useMay('analyst')
  const notify = useNotify()
  const [exception, setException] = useState(false)
  const patch = useWrite<unknown, IncidentPatch>('PATCH', `incidents/${encodeURIComponent(incident.id)}`, [
    'incidents',
    'today',
  ])
  const change = (body: IncidentPatch) => may && patch.mutate(body, { onError: notify.failed })
  useKeys({ a: () => change({ state: 'acknowledged', assignee: me.user.name }), e: () => may && setException(true) })
  return (
    <>
      {incident.assignee !== me.user.name && (
        <Button disabled={!may} onClick={() => change({ assignee: me.user.name })}>
          {t('incident.take')}
        </Button>
      )}
      {incident.state === 'open' && (
        <Button disabled={!may} onClick={() => change({ state: 'acknowledged' })}>
          {t('incident.acknowledge')}
        </Button>
      )}
      <Button disabled={!may} onClick={() => change({ state: incident.state === 'closed' ? 'open' : 'closed' })}>
        {t(incident.state === 'closed' ? 'incident.reopen' : 'incident.close')}
      </Button>
      <Button disabled={!may} onClick={() => setException(true)}>
        {t('exception.make')}
      </Button>
      {exception && (
        <ExceptionModal
          rule={incident.rule}
          title={both(incident.title)}
          values={incident.samples[0]?.output_fields ?? {}}
          close={() => setException(false)}
        />
      )}
    </>
  )
}

function Story({ incident }: { incident: IncidentDetail }) {
  const { t, lang } = useText()
  const actions = usePages<Action>('actions', { incident: incident.id }, 50)
  return (
    <div className="grid two">
      <div className="stack">
        <Panel title={t('incident.respond')} note={incident.containerId === '' ? t('incident.on_host') : undefined}>
          <RespondButtons containerId={incident.containerId} incidentId={incident.id} />
        </Panel>
        <Panel title={t('incident.processes')}>
          <ProcessTree incident={incident} />
        </Panel>
        <Panel title={t('incident.timeline')}>
          <div className="stack">
            <Timeline incident={incident} />
            <Comment id={incident.id} />
          </div>
        </Panel>
        <Evidence incident={incident} />
      </div>
      <div className="stack">
        <Clocks incident={incident} />
        <Panel title={t('incident.taken')} flush>
          <ActionList actions={actions.rows} />
        </Panel>
        <Panel title={t('incident.facts')}>
          <IncidentFacts incident={incident} />
        </Panel>
        {incident.related.length > 0 && (
          <Panel title={t('incident.related')} flush>
            <ul className="list">
              {incident.related.map(({ id, title, priority }) => (
                <li key={id} className="row">
                  <PriorityTag value={priority} />
                  <Go to={pathOf('incidents', id)}>{visible(title[lang], { limit: 200 })}</Go>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </div>
  )
}

function IncidentFacts({ incident }: { incident: IncidentDetail }) {
  const { t, lang } = useText()
  return (
    <div className="stack">
      {incident.description[lang] && <span>{visible(incident.description[lang], { limit: 2000 })}</span>}
      <Facts
        rows={[
          [t('incidents.workload'), visible(incident.workload)],
          [
            t('word.container'),
            incident.containerId && (
              <Go to={pathOf('containers', incident.containerId)}>{visible(incident.container)}</Go>
            ),
          ],
          [
            t('word.image'),
            incident.imageId && <Go to={pathOf('images', incident.imageId)}>{visible(incident.image)}</Go>,
          ],
          [
            t('word.host'),
            <Go key="host" to={pathOf('hosts', incident.hostId)}>
              {visible(incident.host)}
            </Go>,
          ],
          [
            'ATT&CK',
            incident.techniques.length > 0 && <span className="mono">{visible(incident.techniques.join(', '))}</span>,
          ],
          [t('incidents.count'), count(incident.count, lang)],
          [t('incidents.first'), <At key="first" at={incident.first} />],
          [t('incidents.last'), <At key="last" at={incident.last} />],
          [t('incidents.assignee'), <Assign key="assignee" incident={incident} />],
          [
            t('incident.tags'),
            <span key="tags" className="small">
              {visible(incident.tags.join(', '))}
            </span>,
          ],
        ]}
      />
      <Go to={pathOf('rules', incident.rule)}>{t('incident.see_rule')}</Go>
    </div>
  )
}

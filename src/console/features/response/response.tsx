import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { Action } from '../../../server/schemas/actions.ts'
import type { Drill, DrillInput, Scenario } from '../../../server/schemas/drills.ts'
import type { Job } from '../../../server/schemas/jobs.ts'
import { useOne, usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { ActionState, UndoButton } from '../../ui/domain/respond.tsx'
import { duration } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { Page, Panel } from '../../ui/parts/page.tsx'
import { Tag } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { DrillTable } from './drill-table.tsx'

/** Did the guard work when the alarm was pulled? */
export function Response() {
  const text = useText()
  const { t } = text
  const may = useMay('analyst')
  const notify = useNotify()
  const scenarios = useOne<{ items: Scenario[] } | Scenario[]>('drills/scenarios')
  const drills = usePages<Drill>('drills', {}, 20)
  const actions = usePages<Action>('actions', {}, 100)
  const job = usePages<Job>('jobs', { kind: 'drill', state: 'running' }, 1)
  const start = useWrite<Drill, DrillInput>('POST', 'drills', ['drills', 'jobs'])
  const known = Array.isArray(scenarios.data) ? scenarios.data : (scenarios.data?.items ?? [])
  const last = drills.rows[0]
  const columns = useMemo(() => actionColumns(text), [text])
  const busy = last?.state === 'queued' || last?.state === 'running'
  return (
    <Page
      title={t('nav.response')}
      answer={last ? answerOf(text, last, job.rows[0]?.progress) : t('response.question')}
      actions={
        <Button
          variant="filled"
          disabled={!may || busy}
          loading={start.isPending}
          onClick={() => start.mutate({}, { onSuccess: () => notify.done(t('drill.started')), onError: notify.failed })}
        >
          {busy ? t('drill.busy') : t('drill.run', { n: known.length })}
        </Button>
      }
    >
      <Panel title={t('drill.last')} note={last && <DrillNote drill={last} />} flush>
        <Ready of={{ ...drills, data: drills.data && drills.rows }}>
          {rows =>
            rows[0] ? (
              <DrillTable drill={rows[0]} scenarios={known} />
            ) : (
              <Empty title={t('drill.none')}>{t('drill.none_why')}</Empty>
            )
          }
        </Ready>
      </Panel>
      <Panel title={t('response.actions')} flush>
        <Ready of={{ ...actions, data: actions.data && actions.rows }}>
          {rows => (
            <PlainTable
              label={t('response.actions')}
              columns={columns}
              rows={rows}
              rowKey={row => row.id}
              empty={<Empty title={t('respond.none')} />}
            />
          )}
        </Ready>
      </Panel>
      {drills.rows.length > 1 && (
        <Panel title={t('drill.before')} flush>
          <ul className="list">
            {drills.rows.slice(1).map(drill => (
              <li key={drill.id} className="row">
                <Ago at={drill.createdAt} />
                <span>{t('drill.score', { n: drill.detected, total: drill.total })}</span>
                <span className="dim small">{visible(drill.requestedBy)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  )
}

function answerOf({ t }: Text, drill: Drill, progress: Job['progress']): string {
  if (drill.state === 'queued' || drill.state === 'running')
    return progress?.total ? t('drill.under_way', { done: progress.done, total: progress.total }) : t('drill.starting')
  if (drill.state === 'failed') return t('drill.failed', { why: visible(drill.error ?? '', { limit: 200 }) })
  return t('response.answer', { n: drill.detected, total: drill.total })
}

function DrillNote({ drill }: { drill: Drill }) {
  return (
    <>
      {visible(drill.requestedBy)} · <Ago at={drill.finishedAt ?? drill.createdAt} />
    </>
  )
}

function actionColumns({ t, lang }: Text): Column<Action>[] {
  return [
    { id: 'state', header: t('vulns.state'), width: 104, cell: row => <ActionState value={row.state} /> },
    {
      id: 'step',
      header: t('response.step'),
      width: 116,
      cell: row => (
        <span className="strong">
          {t(`step.${row.step}`)}
          {row.dryRun && <Tag>{t('respond.dry_run')}</Tag>}
        </span>
      ),
    },
    {
      id: 'container',
      header: t('word.container'),
      cell: row => (
        <>
          <Go to={pathOf('containers', row.containerId)} className="clip">
            {visible(row.container, { limit: 200 })}
          </Go>
          <Clip className="small dim" text={row.detail || row.reason} />
        </>
      ),
    },
    { id: 'by', header: t('decisions.by'), width: 150, from: 'sm', cell: row => <Clip text={row.requestedBy} /> },
    { id: 'at', header: t('response.at'), width: 110, from: 'sm', cell: row => <Ago at={row.createdAt} /> },
    { id: 'until', header: t('respond.until'), width: 110, from: 'md', cell: row => <Ago at={row.until} /> },
    {
      id: 'took',
      header: t('response.took'),
      width: 84,
      from: 'md',
      end: true,
      cell: row => (row.milliseconds === undefined ? '—' : duration(row.milliseconds, lang)),
    },
    { id: 'undo', header: '', width: 110, end: true, cell: row => <UndoButton action={row} /> },
  ]
}

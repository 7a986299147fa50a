import { useMemo } from 'react'
import type { Job } from '../../../server/schemas/jobs.ts'
import { usePages } from '../../ui/api/query.ts'
import { visible } from '../../ui/format/safe.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { Facets } from '../../ui/parts/facets.tsx'
import { Clip } from '../../ui/parts/go.tsx'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

const tones: Record<Job['state'], Tone> = {
  queued: '',
  running: 'accent',
  done: 'good',
  failed: 'critical',
  cancelled: '',
}

/** The queue: what runs, what waits, what failed and why. */
export function Jobs() {
  const text = useText()
  const { t, word } = text
  const [{ tab: _tab, ...query }] = useUrl()
  const source = usePages<Job>('jobs', query)
  const columns = useMemo(() => columnsOf(text), [text])
  return (
    <div className="stack tall">
      <Facets
        search={false}
        facets={[
          {
            key: 'state',
            kind: 'many',
            label: t('vulns.state'),
            options: ['running', 'queued', 'failed', 'done'].map(value => ({
              value,
              label: word(`job_state.${value}`),
            })),
          },
        ]}
      />
      <DataTable
        label={t('platform.jobs')}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        empty={<Empty title={t('jobs.none')} />}
      />
    </div>
  )
}

function columnsOf({ t }: Text): Column<Job>[] {
  return [
    {
      id: 'state',
      header: t('vulns.state'),
      width: 100,
      cell: row => <Tag tone={tones[row.state]}>{t(`job_state.${row.state}`)}</Tag>,
    },
    {
      id: 'title',
      header: t('jobs.what'),
      cell: row => (
        <>
          <Clip
            className="strong"
            text={`${t(`job.${row.kind}`)}${row.title && row.title !== row.target ? ` · ${row.title}` : ''}`}
          />
          <Clip className="small dim" text={row.error ?? row.target} />
        </>
      ),
    },
    { id: 'progress', header: t('jobs.progress'), width: 150, from: 'sm', cell: row => <Progress job={row} /> },
    { id: 'attempts', header: t('jobs.attempts'), width: 80, from: 'md', end: true, cell: row => row.attempts },
    { id: 'created', header: t('response.at'), width: 112, from: 'sm', cell: row => <Ago at={row.createdAt} /> },
  ]
}

function Progress({ job: { state, progress } }: { job: Job }) {
  if (state !== 'running' || progress === undefined) return <span className="dim">—</span>
  const share = progress.total ? Math.min(1, progress.done / progress.total) : 0
  return (
    <span>
      <Clip className="small" text={visible(progress.phase)} />
      <span className="bar" style={{ display: 'block' }} aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  )
}

import { useMemo } from 'react'
import type { Assignees, Incident } from '../../../server/schemas/incidents.ts'
import { useOne, usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { count } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { type Facet, Facets } from '../../ui/parts/facets.tsx'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { Page } from '../../ui/parts/page.tsx'
import { PriorityTag, Tag } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { StateTag } from './state-tag.tsx'

const unfinished = 'open,acknowledged'
const priorities = ['Emergency', 'Alert', 'Critical', 'Error', 'Warning', 'Notice']

/** Is someone inside right now? */
export function Incidents() {
  const text = useText()
  const { t, word, lang } = text
  const [url] = useUrl()
  const notify = useNotify()
  const may = useMay('analyst')
  const { state = unfinished, ...rest } = url
  const query = { ...rest, state: state === 'all' ? undefined : state }
  const source = usePages<Incident>('incidents', query)
  const open = usePages<Incident>('incidents', { state: 'open' }, 1)
  const patch = useWrite<unknown, Incident>('PATCH', ({ id }) => `incidents/${encodeURIComponent(id)}`, [
    'incidents',
    'today',
  ])
  const people = useOne<Assignees>('incidents/assignees')
  const columns = useMemo(() => columnsOf(text), [text])
  const facets: Facet[] = [
    {
      key: 'state',
      label: t('incidents.state'),
      kind: 'one',
      initial: unfinished,
      options: [unfinished, 'open', 'acknowledged', 'closed', 'all'].map(value => ({
        value,
        label: word(`incident_state.${value === unfinished ? 'unfinished' : value}`),
      })),
    },
    {
      key: 'priority',
      label: t('incidents.priority'),
      kind: 'many',
      options: priorities.map(value => ({ value, label: word(`priority.${value}`) })),
    },
    {
      key: 'assignee',
      label: t('incidents.assignee'),
      kind: 'one',
      options: [
        { value: '-', label: t('assign.nobody') },
        ...(people.data ?? []).slice(0, 12).map(({ name }) => ({ value: name, label: visible(name, { limit: 40 }) })),
      ],
    },
  ]
  const total = open.total ?? open.rows.length
  const answer = open.isPending
    ? t('incidents.question')
    : total > 0
      ? t('incidents.answer', { n: count(total, lang) })
      : t('incidents.none_open')
  return (
    <Page table title={t('nav.incidents')} answer={answer}>
      <Facets facets={facets}>
        <CsvLink path="incidents" query={query} />
      </Facets>
      <DataTable
        label={t('nav.incidents')}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        href={row => pathOf('incidents', row.id)}
        empty={<Empty title={t('incidents.none')}>{t('incidents.none_why')}</Empty>}
        keys={may ? { a: row => patch.mutate({ ...row, state: 'acknowledged' }, { onError: notify.failed }) } : {}}
      />
    </Page>
  )
}

function columnsOf({ t, lang }: Text): Column<Incident>[] {
  return [
    {
      id: 'priority',
      header: t('incidents.priority'),
      width: 112,
      sort: 'priority',
      cell: row => <PriorityTag value={row.priority} />,
    },
    {
      id: 'rule',
      header: t('incidents.rule'),
      sort: 'rule',
      cell: row => (
        <>
          <Go to={pathOf('incidents', row.id)} className="clip strong">
            {visible(row.title[lang], { limit: 200 })}
          </Go>
          <Clip className="small dim" text={[row.container || row.host, row.image].filter(Boolean).join(' · ')} />
        </>
      ),
    },
    {
      id: 'workload',
      header: t('incidents.workload'),
      width: 170,
      from: 'lg',
      cell: row => <Clip text={row.workload} />,
    },
    {
      id: 'techniques',
      header: 'ATT&CK',
      width: 130,
      from: 'md',
      cell: row => <Clip mono text={row.techniques.join(' ')} />,
    },
    {
      id: 'count',
      header: t('incidents.count'),
      width: 78,
      from: 'sm',
      end: true,
      sort: 'count',
      cell: row => count(row.count, lang),
    },
    {
      id: 'first',
      header: t('incidents.first'),
      width: 112,
      from: 'lg',
      sort: 'first',
      cell: row => <Ago at={row.first} />,
    },
    {
      id: 'last',
      header: t('incidents.last'),
      width: 112,
      from: 'sm',
      sort: 'last',
      cell: row => <Ago at={row.last} />,
    },
    {
      id: 'state',
      header: t('incidents.state'),
      width: 132,
      from: 'sm',
      cell: row => (
        <span className="row" style={{ gap: 4 }}>
          <StateTag value={row.state} />
          {row.actions.slice(0, 1).map(action => (
            <Tag key={action} tone="accent">
              {visible(actionWord(t, action))}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      id: 'assignee',
      header: t('incidents.assignee'),
      width: 110,
      from: 'md',
      cell: row => <Clip text={row.assignee ?? '—'} />,
    },
  ]
}

function actionWord(t: Text['t'], action: string): string {
  return /^(observe|evidence|isolate|pause|stop|kill)$/.test(action) ? t(`step.${action}` as 'step.isolate') : action
}

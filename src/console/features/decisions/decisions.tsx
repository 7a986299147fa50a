import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Decision } from '../../../server/schemas/decisions.ts'
import { addressOf } from '../../ui/api/client.ts'
import { usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { statuses } from '../../ui/domain/decision-fields.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { count } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { absolute } from '../../ui/format/time.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { type Facet, Facets } from '../../ui/parts/facets.tsx'
import { Clip } from '../../ui/parts/go.tsx'
import { Page } from '../../ui/parts/page.tsx'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { EditModal } from './edit.tsx'
import { ImportModal } from './import.tsx'

/** What was accepted, who signed, until when? */
export function Decisions() {
  const text = useText()
  const { t, word, lang } = text
  const [url] = useUrl()
  const may = useMay('analyst')
  const notify = useNotify()
  const [importing, setImporting] = useState(false)
  const [editing, setEditing] = useState<Decision>()
  const { state = 'active', ...rest } = url
  const query = { ...rest, ...(state === 'all' ? {} : { state }) }
  const source = usePages<Decision>('decisions', query)
  const soon = usePages<Decision>('decisions', { state: 'active', expiring: '14' }, 1)
  const revoke = useWrite<unknown, Decision>('DELETE', ({ id }) => `decisions/${encodeURIComponent(id)}`, [
    'decisions',
    'vulnerabilities',
    'findings',
    'today',
  ])
  const { mutate } = revoke
  const columns = useMemo(
    () =>
      columnsOf(
        text,
        setEditing,
        may
          ? row => mutate(row, { onSuccess: () => notify.done(text.t('decisions.revoked')), onError: notify.failed })
          : undefined,
      ),
    [text, may, mutate, notify],
  )
  const facets: Facet[] = [
    {
      key: 'state',
      kind: 'one',
      initial: 'active',
      label: t('vulns.state'),
      options: ['active', 'expired', 'revoked', 'all'].map(value => ({
        value,
        label: word(`decision_state.${value}`),
      })),
    },
    {
      key: 'status',
      kind: 'one',
      label: t('decide.status'),
      options: statuses.map(value => ({ value, label: word(`decision.${value}`) })),
    },
    { key: 'expiring', kind: 'one', options: [{ value: '14', label: t('decisions.soon') }] },
  ]
  const ending = soon.total ?? soon.rows.length
  return (
    <Page
      table
      title={t('nav.decisions')}
      answer={soon.isPending ? t('decisions.question') : t('decisions.answer', { n: count(ending, lang) })}
      actions={
        <>
          <Button disabled={!may} onClick={() => setImporting(true)}>
            {t('decisions.import')}
          </Button>
          <Button component="a" href={addressOf('decisions/openvex')} download="jenner.openvex.json">
            {t('decisions.export')}
          </Button>
          <CsvLink path="decisions" query={query} />
        </>
      }
    >
      <Facets facets={facets} />
      <DataTable
        label={t('nav.decisions')}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        empty={<Empty title={t('decisions.none')}>{t('decisions.none_why')}</Empty>}
      />
      {editing && <EditModal decision={editing} may={may} close={() => setEditing(undefined)} />}
      {importing && <ImportModal close={() => setImporting(false)} />}
    </Page>
  )
}

const tones: Record<Decision['status'], Tone> = {
  fixing: 'accent',
  accepted: 'medium',
  false_positive: '',
  not_affected: 'good',
}

function columnsOf(
  { t, lang }: Text,
  edit: (row: Decision) => void,
  revoke: ((row: Decision) => void) | undefined,
): Column<Decision>[] {
  return [
    {
      id: 'status',
      header: t('decide.status'),
      width: 128,
      cell: row => <Tag tone={tones[row.status]}>{t(`decision.${row.status}`)}</Tag>,
    },
    {
      id: 'scope',
      header: t('decisions.scope'),
      cell: row => (
        <>
          <Clip className="strong" text={Object.values(row.scope).filter(Boolean).join(' · ')} />
          <Clip className="small dim" text={row.comment || '—'} />
        </>
      ),
    },
    {
      id: 'owner',
      header: t('decide.owner'),
      width: 120,
      from: 'sm',
      sort: 'owner',
      cell: row => <Clip text={row.owner} />,
    },
    {
      id: 'expires',
      header: t('decide.expires'),
      width: 116,
      sort: 'expires',
      cell: row =>
        row.expires ? (
          <>
            <Clip text={absolute(row.expires, lang).slice(0, 10)} />
            <div className="small dim">
              <Ago at={row.expires} />
            </div>
          </>
        ) : (
          <span className="dim">{t('decide.never')}</span>
        ),
    },
    {
      id: 'matches',
      header: t('decisions.matches'),
      width: 84,
      from: 'sm',
      end: true,

      cell: row => count(row.matches, lang),
    },
    {
      id: 'by',
      header: t('decisions.by'),
      width: 170,
      from: 'lg',
      cell: row => (
        <>
          <Clip text={`${row.createdBy} · ${row.source}`} />
          <span className="small dim">
            <Ago at={row.createdAt} />
          </span>
        </>
      ),
    },
    {
      id: 'state',
      header: t('vulns.state'),
      width: 92,
      from: 'md',
      cell: row => <Tag>{t(`decision_state.${row.state}`)}</Tag>,
    },
    {
      id: 'edit',
      header: '',
      width: 84,
      end: true,
      cell: row => (
        <Button
          size="compact-xs"
          onClick={() => edit(row)}
          aria-label={`${t('edit.open')} ${visible(Object.values(row.scope).filter(Boolean).join(' '), { limit: 100 })}`}
        >
          {t('edit.open')}
        </Button>
      ),
    },
    {
      id: 'revoke',
      header: '',
      width: 96,
      from: 'sm',
      end: true,
      cell: row =>
        row.state === 'active' && (
          <Button
            size="compact-xs"
            disabled={revoke === undefined}
            onClick={() => revoke?.(row)}
            aria-label={`${t('decisions.revoke')} ${visible(row.id)}`}
          >
            {t('decisions.revoke')}
          </Button>
        ),
    },
  ]
}

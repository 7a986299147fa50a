import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AuditRow, AuditVerified } from '../../../server/schemas/audit.ts'
import { type ApiError, read } from '../../ui/api/client.ts'
import { usePages } from '../../ui/api/query.ts'
import { useNotify } from '../../ui/domain/notify.tsx'
import { count } from '../../ui/format/number.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { Facets } from '../../ui/parts/facets.tsx'
import { Clip } from '../../ui/parts/go.tsx'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { At } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

const tones: Record<AuditRow['outcome'], Tone> = { done: '', refused: 'high', failed: 'critical' }

/** Who did what, from where; the chain of hashes can be verified here. */
export function Audit() {
  const text = useText()
  const { t, lang } = text
  const notify = useNotify()
  const [{ tab: _tab, ...query }] = useUrl()
  const source = usePages<AuditRow>('audit', query)
  const verify = useMutation<AuditVerified, ApiError>({
    mutationFn: () => read<AuditVerified>('audit/verify'),
    onError: notify.failed,
  })
  const columns = useMemo(() => columnsOf(text), [text])
  return (
    <div className="stack tall">
      <Facets facets={[]}>
        <Button loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
        <CsvLink path="audit" query={query} />
        {verify.data && (
          <span role="status">
            <Tag tone={verify.data.ok ? 'good' : 'critical'}>
              {verify.data.ok
                ? t('audit.ok', { n: count(verify.data.rows, lang) })
                : t('audit.broken', { at: verify.data.brokenAt ?? '?' })}
            </Tag>
          </span>
        )}
      </Facets>
      <DataTable
        label={t('platform.audit')}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        empty={<Empty title={t('audit.none')} />}
      />
    </div>
  )
}

function columnsOf({ t, word }: Text): Column<AuditRow>[] {
  return [
    { id: 'time', header: t('response.at'), width: 210, from: 'sm', cell: row => <At at={row.time} /> },
    {
      id: 'action',
      header: t('audit.action'),
      cell: row => (
        <>
          <Clip className="strong" text={`${word(`audit_act.${row.action}`)} ${row.target}`} />
          <Clip className="small dim" text={row.detail || row.action} />
        </>
      ),
    },
    {
      id: 'actor',
      header: t('audit.actor'),
      width: 150,
      cell: row => (
        <>
          <Clip text={row.actor} />
          <Clip className="small dim" mono text={row.from} />
        </>
      ),
    },
    {
      id: 'outcome',
      header: t('audit.outcome'),
      width: 92,
      from: 'sm',
      cell: row => <Tag tone={tones[row.outcome]}>{t(`outcome.${row.outcome}`)}</Tag>,
    },
    { id: 'hash', header: t('audit.hash'), width: 140, from: 'lg', cell: row => <Clip mono text={row.hash} /> },
  ]
}

import { useMemo } from 'react'
import type { Image } from '../../../server/schemas/images.ts'
import { usePages } from '../../ui/api/query.ts'
import { CountsOrWhy } from '../../ui/domain/verdict.tsx'
import { bytes, count, shortDigest } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { type Facet, Facets } from '../../ui/parts/facets.tsx'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { Page } from '../../ui/parts/page.tsx'
import { severities, Tag } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { ScanState } from './scan-state.tsx'

/** Which images are there, and which of them must be built anew? */
export function Images() {
  const text = useText()
  const { t, word, lang } = text
  const [url] = useUrl()
  const source = usePages<Image>('images', url)
  const columns = useMemo(() => columnsOf(text), [text])
  const facets: Facet[] = [
    { key: 'running', kind: 'one', options: [{ value: 'true', label: t('images.running') }] },
    {
      key: 'severity',
      kind: 'many',
      label: t('vulns.severity'),
      options: severities.slice(0, 4).map(value => ({ value, label: word(`severity.${value}`) })),
    },
    {
      key: 'state',
      kind: 'many',
      label: t('images.scan'),
      options: ['done', 'running', 'queued', 'failed', 'none'].map(value => ({ value, label: word(`scan.${value}`) })),
    },
  ]
  const total = source.total ?? source.rows.length
  return (
    <Page
      table
      title={t('nav.images')}
      answer={source.isPending ? t('images.question') : t('images.answer', { n: count(total, lang) })}
      actions={<CsvLink path="images" query={url} />}
    >
      <Facets facets={facets} />
      <DataTable
        label={t('nav.images')}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        href={row => pathOf('images', row.id)}
        empty={<Empty title={t('images.none')}>{t('images.none_why')}</Empty>}
      />
    </Page>
  )
}

function columnsOf({ t, lang }: Text): Column<Image>[] {
  return [
    {
      id: 'name',
      header: t('word.image'),
      sort: 'name',
      cell: row => (
        <>
          <Go to={pathOf('images', row.id)} className="clip strong">
            {visible(row.names[0] ?? shortDigest(row.id), { limit: 200 })}
          </Go>
          <Clip
            className="small dim"
            mono
            text={`${shortDigest(row.id)}${row.names.length > 1 ? `  +${row.names.length - 1}` : ''}`}
          />
        </>
      ),
    },
    {
      id: 'counts',
      header: t('images.findings'),
      width: 172,
      cell: row => <CountsOrWhy counts={row.vulnerabilities} scan={row.scan} />,
    },
    {
      id: 'other',
      header: t('images.other'),
      width: 150,
      from: 'md',
      cell: row => (
        <span className="row" style={{ gap: 4 }}>
          {row.malware > 0 && <Tag tone="critical">{t('images.n_malware', { n: row.malware })}</Tag>}
          {row.secrets > 0 && <Tag tone="high">{t('images.n_secrets', { n: row.secrets })}</Tag>}
        </span>
      ),
    },
    {
      id: 'os',
      header: t('images.os'),
      width: 150,
      from: 'md',
      cell: row => (
        <>
          <Clip text={row.os ?? '—'} />
          {row.osEndOfLife && (
            <span className="small" style={{ color: 'var(--high)' }}>
              {t('images.eol')}
            </span>
          )}
        </>
      ),
    },
    {
      id: 'running',
      header: t('images.running_n'),
      width: 84,
      from: 'sm',
      end: true,
      sort: 'running',
      cell: row => count(row.running, lang),
    },
    {
      id: 'packages',
      header: t('images.packages'),
      width: 84,
      from: 'lg',
      end: true,
      sort: 'packages',
      cell: row => count(row.packages, lang),
    },
    {
      id: 'size',
      header: t('images.size'),
      width: 92,
      from: 'lg',
      end: true,
      sort: 'size',
      cell: row => bytes(row.size, lang),
    },
    {
      id: 'created',
      header: t('images.built'),
      width: 104,
      from: 'lg',
      sort: 'createdAt',
      cell: row => <Ago at={row.createdAt} />,
    },
    { id: 'scan', header: t('images.scan'), width: 140, from: 'sm', cell: row => <ScanState scan={row.scan} /> },
  ]
}

import { useMemo } from 'react'
import type { ImageDetail, ImagePackage } from '../../../server/schemas/images.ts'
import { usePages } from '../../ui/api/query.ts'
import { InUseTag } from '../../ui/domain/risk.tsx'
import { useUrl } from '../../ui/format/use-url.ts'
import { Facets } from '../../ui/parts/facets.tsx'
import { Clip } from '../../ui/parts/go.tsx'
import { Counts } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

/** What is in it, and which of that is used by a running process. */
export function Packages({ image }: { image: ImageDetail }) {
  const text = useText()
  const { t } = text
  const [{ tab: _tab, ...query }] = useUrl()
  const source = usePages<ImagePackage>('packages', { ...query, image: image.id })
  const columns = useMemo(() => columnsOf(text), [text])
  return (
    <div className="stack tall">
      <Facets
        facets={[
          {
            key: 'inUse',
            label: t('vulns.in_use'),
            kind: 'one',
            options: (['yes', 'no', 'unknown'] as const).map(value => ({ value, label: t(`in_use.${value}`) })),
          },
        ]}
      />
      <DataTable
        label={t('images.packages')}
        columns={columns}
        source={source}
        rowKey={row => `${row.purl} ${row.path ?? ''}`}
        empty={<Empty title={t('packages.none')} />}
      />
    </div>
  )
}

function columnsOf({ t }: Text): Column<ImagePackage>[] {
  return [
    {
      id: 'name',
      header: t('vulns.package'),
      sort: 'name',
      cell: row => (
        <>
          <Clip className="strong" text={row.name} />
          <Clip className="small dim" mono text={row.path ?? row.purl} />
        </>
      ),
    },
    { id: 'version', header: t('packages.version'), width: 170, cell: row => <Clip mono text={row.version} /> },
    {
      id: 'ecosystem',
      header: t('packages.ecosystem'),
      width: 100,
      from: 'sm',
      cell: row => <Clip text={row.ecosystem} />,
    },
    {
      id: 'license',
      header: t('image.licenses'),
      width: 160,
      from: 'lg',
      cell: row => <Clip text={row.licenses.join(', ') || '—'} />,
    },
    { id: 'use', header: t('vulns.in_use'), width: 96, from: 'sm', cell: row => <InUseTag value={row.inUse} /> },
    {
      id: 'counts',
      header: t('images.findings'),
      width: 142,
      from: 'md',
      cell: row => <Counts value={row.vulnerabilities} />,
    },
  ]
}

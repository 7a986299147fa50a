import { useMemo } from 'react'
import type { ImageDetail, ImageLayer } from '../../../server/schemas/images.ts'
import { bytes, count, shortDigest } from '../../ui/format/number.ts'
import { Clip } from '../../ui/parts/go.tsx'
import { Panel } from '../../ui/parts/page.tsx'
import { Counts, Tag } from '../../ui/parts/severity.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

/** Layers from the base upwards: which line of the Dockerfile brought what. */
export function Layers({ image }: { image: ImageDetail }) {
  const text = useText()
  const columns = useMemo(() => columnsOf(text), [text])
  return (
    <Panel title={text.t('image.layers')} note={image.base && text.t('image.base_note')} flush>
      <PlainTable
        label={text.t('image.layers')}
        columns={columns}
        rows={image.layersList}
        rowKey={layer => layer.diffId}
        limit={500}
      />
    </Panel>
  )
}

function columnsOf({ t, lang }: Text): Column<ImageLayer>[] {
  return [
    {
      id: 'created',
      header: t('layer.created'),
      cell: layer => (
        <>
          <Clip mono text={layer.createdBy ?? '—'} />
          <span className="row small dim" style={{ gap: 6 }}>
            <span className="mono">{shortDigest(layer.diffId)}</span>
            {layer.fromBase && <Tag>{t('layer.base')}</Tag>}
          </span>
        </>
      ),
    },
    {
      id: 'counts',
      header: t('images.findings'),
      width: 172,
      from: 'sm',
      cell: layer => <Counts value={layer.vulnerabilities} />,
    },
    {
      id: 'packages',
      header: t('images.packages'),
      width: 84,
      from: 'sm',
      end: true,
      cell: layer => count(layer.packages, lang),
    },
    { id: 'size', header: t('images.size'), width: 92, end: true, cell: layer => bytes(layer.size, lang) },
  ]
}

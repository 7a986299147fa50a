import type { ImageDetail, ImageDiff } from '../../../server/schemas/images.ts'
import { useOne } from '../../ui/api/query.ts'
import { shortDigest } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { Panel } from '../../ui/parts/page.tsx'
import { SeverityTag, Tag } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { useText } from '../../ui/text/text.tsx'

/** What this build changed against the image that had its name before. */
export function Difference({ image }: { image: ImageDetail }) {
  const { t } = useText()
  const path = `images/${encodeURIComponent(image.id)}/diff`
  const diff = useOne<ImageDiff>(image.previous === undefined ? undefined : path, { from: image.previous })
  if (image.previous === undefined)
    return (
      <div className="panel">
        <Empty title={t('diff.none')}>{t('diff.none_why')}</Empty>
      </div>
    )
  return (
    <>
      <p style={{ margin: 0 }}>
        {t('diff.against')} <Go to={pathOf('images', image.previous)}>{shortDigest(image.previous)}</Go>
      </p>
      <Ready of={diff}>
        {data => (
          <>
            <div className="grid half">
              <Flaws title={t('diff.added')} rows={data.added} />
              <Flaws title={t('diff.removed')} rows={data.removed} />
            </div>
            <Panel title={t('diff.packages')} note={String(data.packages.length)} flush>
              <Packages rows={data.packages} />
            </Panel>
          </>
        )}
      </Ready>
    </>
  )
}

function Flaws({ title, rows }: { title: string; rows: ImageDiff['added'] }) {
  const { t } = useText()
  return (
    <Panel title={title} note={String(rows.length)} flush>
      {rows.length === 0 && <p className="note panel-body">{t('diff.nothing')}</p>}
      <ul className="list">
        {rows.slice(0, 100).map(({ id, package: name, severity }) => (
          <li key={`${id} ${name}`} className="row">
            <SeverityTag value={severity} />
            <Go to={pathOf('vulnerabilities', id)}>{visible(id)}</Go>
            <span className="dim">{visible(name)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Packages({ rows }: { rows: ImageDiff['packages'] }) {
  const { t } = useText()
  return (
    <PlainTable
      label={t('diff.packages')}
      rows={rows}
      rowKey={row => `${row.name} ${row.before} ${row.after}`}
      empty={<p className="note panel-body">{t('diff.nothing')}</p>}
      columns={[
        { id: 'name', header: t('vulns.package'), cell: row => <Clip className="strong" text={row.name} /> },
        { id: 'before', header: t('diff.before'), cell: row => <Clip mono text={row.before ?? '—'} /> },
        { id: 'after', header: t('diff.after'), cell: row => <Clip mono text={row.after ?? '—'} /> },
        {
          id: 'kind',
          header: '',
          width: 90,
          from: 'sm',
          cell: row => (
            <Tag>
              {t(row.before === undefined ? 'diff.new' : row.after === undefined ? 'diff.gone' : 'diff.changed')}
            </Tag>
          ),
        },
      ]}
    />
  )
}

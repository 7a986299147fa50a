import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Scope } from '../../../server/schemas/decisions.ts'
import type { ImageDetail } from '../../../server/schemas/images.ts'
import type { Finding } from '../../../server/schemas/vulnerabilities.ts'
import { usePages } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { DecideModal } from '../../ui/domain/decide.tsx'
import { ProofLine } from '../../ui/domain/proof.tsx'
import { InUseTag } from '../../ui/domain/risk.tsx'
import { NothingFound } from '../../ui/domain/verdict.tsx'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { Facets } from '../../ui/parts/facets.tsx'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { SeverityTag, severities, Tag } from '../../ui/parts/severity.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

type Kind = Finding['kind']

/** What is wrong with the image: flaws, secrets, malware or licences. */
export function Findings({ image, kind }: { image: ImageDetail; kind: Kind }) {
  const text = useText()
  const { t, word } = text
  const may = useMay('analyst')
  const [{ tab: _tab, ...query }] = useUrl()
  const source = usePages<Finding>('findings', { ...query, image: image.id, kind })
  const [scope, setScope] = useState<Scope>()
  const columns = useMemo(() => columnsOf(text, kind, may ? setScope : undefined), [text, kind, may])
  return (
    <div className="stack tall">
      <Facets
        facets={[
          {
            key: 'severity',
            kind: 'many',
            label: t('vulns.severity'),
            options: severities.slice(0, 4).map(value => ({ value, label: word(`severity.${value}`) })),
          },
        ]}
      >
        <CsvLink path="findings" query={{ ...query, image: image.id, kind }} />
      </Facets>
      <DataTable
        label={t(`finding.${kind}`)}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        {...(kind === 'vulnerability' ? { href: (row: Finding) => pathOf('vulnerabilities', row.name) } : {})}
        empty={<NothingFound scan={image.scan} filtered={Object.keys(query).length > 0} />}
        keys={may ? { a: row => setScope(scopeOf(row)), e: row => setScope(scopeOf(row)) } : {}}
      />
      {scope && <DecideModal scopes={[scope]} close={() => setScope(undefined)} />}
    </div>
  )
}

function scopeOf({ kind, name, package: packageName, image }: Finding): Scope {
  return kind === 'vulnerability'
    ? { vulnerability: name, ...(packageName ? { package: packageName } : {}), image }
    : { rule: name, image }
}

function columnsOf({ t }: Text, kind: Kind, decide: ((scope: Scope) => void) | undefined): Column<Finding>[] {
  const columns: (Column<Finding> | false)[] = [
    {
      id: 'severity',
      header: t('vulns.severity'),
      width: 94,
      sort: 'severity',
      cell: row => <SeverityTag value={row.severity} />,
    },
    {
      id: 'name',
      header: t(`finding.${kind}`),
      cell: row => (
        <>
          {kind === 'vulnerability' ? (
            <Go to={pathOf('vulnerabilities', row.name)} className="clip strong">
              {visible(row.name, { limit: 100 })}
            </Go>
          ) : (
            <Clip className="strong" text={row.title || row.name} />
          )}
          <Clip className="small dim" text={kind === 'vulnerability' ? row.title : row.name} />
        </>
      ),
    },
    kind === 'vulnerability' && {
      id: 'package',
      header: t('vulns.package'),
      width: 200,
      from: 'sm',
      cell: row => (
        <>
          <Clip text={row.package ?? ''} />
          <Clip mono className="small dim" text={`${row.installed ?? ''} → ${row.fixed ?? '—'}`} />
        </>
      ),
    },
    kind !== 'vulnerability' && {
      id: 'path',
      header: t('finding.path'),
      from: 'sm',
      cell: row => <Clip mono text={row.path ?? '—'} />,
    },
    { id: 'evidence', header: t('vuln.evidence'), from: 'lg', cell: row => <ProofLine evidence={row.evidence} /> },
    kind === 'vulnerability' && {
      id: 'use',
      header: t('vulns.in_use'),
      width: 96,
      from: 'md',
      cell: row => <InUseTag value={row.inUse} />,
    },
    {
      id: 'decide',
      header: '',
      width: 100,
      end: true,
      from: 'sm',
      cell: row =>
        row.decision ? (
          <Tag>{t('vuln_state.decided')}</Tag>
        ) : (
          <Button size="compact-xs" disabled={decide === undefined} onClick={() => decide?.(scopeOf(row))}>
            {t('decide.one')}
          </Button>
        ),
    },
  ]
  return columns.filter(column => column !== false)
}

import { useMediaQuery } from '@mantine/hooks'
import { useMemo } from 'react'
import type { Container } from '../../../server/schemas/containers.ts'
import { usePages } from '../../ui/api/query.ts'
import { CountsOrWhy } from '../../ui/domain/verdict.tsx'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { type Facet, Facets } from '../../ui/parts/facets.tsx'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { SeverityTag, Tag } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { ContainerState } from './container-state.tsx'
import { portText } from './ports.ts'

const riskIds = ['privileged', 'runtime-socket', 'root', 'writable-root', 'no-limits']

/** Containers with owner, ports, privileges and what is risky in how each runs. */
export function Containers() {
  const text = useText()
  const { t, word } = text
  const [{ tab: _tab, state = 'running', ...rest }] = useUrl()
  const query = { ...rest, ...(state === 'all' ? {} : { state }) }
  const narrow = useMediaQuery('(max-width: 639px)', false, { getInitialValueInEffect: false })
  const source = usePages<Container>('containers', query)
  const columns = useMemo(() => columnsOf(text, narrow), [text, narrow])
  const facets: Facet[] = [
    {
      key: 'state',
      kind: 'one',
      initial: 'running',
      label: t('container.state'),
      options: ['running', 'paused', 'exited', 'all'].map(value => ({
        value,
        label: word(`container_state.${value}`),
      })),
    },
    { key: 'exposed', kind: 'one', options: [{ value: 'true', label: t('container.exposed') }] },
    {
      key: 'risk',
      kind: 'one',
      label: t('container.risk'),
      options: riskIds.map(value => ({ value, label: word(`risk.${value}`) })),
    },
  ]
  return (
    <>
      <Facets facets={facets}>
        <CsvLink path="containers" query={query} />
      </Facets>
      <DataTable
        label={t('inventory.containers')}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        href={row => pathOf('containers', row.id)}
        empty={<Empty title={t('containers.none')}>{t('containers.none_why')}</Empty>}
      />
    </>
  )
}

function columnsOf({ t, both }: Text, narrow: boolean): Column<Container>[] {
  return [
    {
      id: 'risk',
      header: t('container.risk'),
      width: 86,
      sort: 'risk',
      cell: row => (row.risk ? <SeverityTag value={row.risk} /> : <span className="dim">—</span>),
    },
    {
      id: 'name',
      header: t('word.container'),
      sort: 'name',
      cell: row => (
        <>
          <Go to={pathOf('containers', row.id)} className="clip strong">
            {visible(row.name, { limit: 200 })}
          </Go>
          <Clip className="small dim" text={row.image} />
          {narrow && row.risks.length > 0 && (
            <Clip className="small" text={row.risks.map(risk => both(risk.title)).join(' · ')} />
          )}
        </>
      ),
    },
    {
      id: 'state',
      header: t('container.state'),
      width: 100,
      from: 'sm',
      cell: row => <ContainerState container={row} />,
    },
    {
      id: 'owner',
      header: t('container.owner'),
      width: 108,
      from: 'sm',
      cell: row => (row.owner ? <Clip text={row.owner} /> : <span className="dim">—</span>),
    },
    {
      id: 'ports',
      header: t('container.ports'),
      width: 160,
      from: 'md',
      cell: row => (
        <span className="row" style={{ gap: 4 }}>
          {row.ports.slice(0, 2).map(port => (
            <Tag
              key={portText(port)}
              tone={port.exposed ? 'medium' : ''}
              title={t(port.exposed ? 'container.port_open' : 'container.port_local')}
            >
              {portText(port)}
            </Tag>
          ))}
          {row.ports.length > 2 && <span className="dim small">+{row.ports.length - 2}</span>}
        </span>
      ),
    },
    {
      id: 'privileges',
      header: t('container.privileges'),
      width: 340,
      from: 'lg',
      cell: row => {
        const risks = row.risks.map(risk => both(risk.title))
        return (
          <span className="two-lines" title={visible(risks.join('\n'), { lines: true, limit: 2000 })}>
            {visible(risks.join(' · '), { limit: 2000 }) || '—'}
          </span>
        )
      },
    },
    {
      id: 'vulns',
      header: t('images.findings'),
      width: 172,
      from: 'md',
      cell: row => <CountsOrWhy counts={row.vulnerabilities} />,
    },
    {
      id: 'incidents',
      header: t('container.incidents'),
      width: 82,
      from: 'md',
      end: true,
      cell: row =>
        row.openIncidents > 0 ? <Tag tone="critical">{row.openIncidents}</Tag> : <span className="dim">0</span>,
    },
    { id: 'host', header: t('word.host'), width: 120, from: 'xl', cell: row => <Clip text={row.host} /> },
  ]
}

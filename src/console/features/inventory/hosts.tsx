import { useMemo } from 'react'
import type { Host } from '../../../server/schemas/hosts.ts'
import { usePages } from '../../ui/api/query.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { SeverityTag, severities, Tag } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { Coverage, SensorState } from './sensor.tsx'

/** Hosts with what the sensor sees of each: blind spots first in words, then in numbers. */
export function Hosts() {
  const text = useText()
  const [{ tab: _tab, ...query }] = useUrl()
  const source = usePages<Host>('hosts', query)
  const columns = useMemo(() => columnsOf(text), [text])
  return (
    <DataTable
      label={text.t('inventory.hosts')}
      columns={columns}
      source={source}
      rowKey={row => row.id}
      href={row => pathOf('hosts', row.id)}
      empty={<Empty title={text.t('hosts.none')}>{text.t('hosts.none_why')}</Empty>}
    />
  )
}

function columnsOf({ t }: Text): Column<Host>[] {
  return [
    {
      id: 'name',
      header: t('word.host'),
      cell: row => (
        <>
          <Go to={pathOf('hosts', row.id)} className="clip strong">
            {visible(row.name, { limit: 200 })}
          </Go>
          <Clip className="small dim" text={`${row.os} · ${row.kernel}`} />
        </>
      ),
    },
    {
      id: 'state',
      header: t('container.state'),
      width: 110,
      cell: row => <Tag tone={row.state === 'online' ? 'good' : 'critical'}>{t(`host_state.${row.state}`)}</Tag>,
    },
    { id: 'sensor', header: t('host.sensor'), width: 120, from: 'sm', cell: row => <SensorState host={row} /> },
    { id: 'coverage', header: t('host.coverage'), width: 130, from: 'sm', cell: row => <Coverage host={row} /> },
    {
      id: 'runtimes',
      header: t('host.runtimes'),
      width: 170,
      from: 'md',
      cell: row => (
        <span className="row" style={{ gap: 4 }}>
          {row.runtimes.map(({ name, version, connected, reason }) => (
            <Tag key={name} tone={connected ? '' : 'high'} title={visible(reason ?? '')}>
              {visible(`${name} ${version}`, { limit: 40 })}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      id: 'containers',
      header: t('inventory.containers'),
      width: 92,
      from: 'md',
      end: true,
      cell: row => row.containers,
    },
    {
      id: 'risks',
      header: t('container.risk'),
      width: 94,
      from: 'md',
      cell: row => {
        const worst = severities.find(severity => row.risks.some(risk => risk.severity === severity))
        return worst ? <SeverityTag value={worst} /> : <span className="dim">—</span>
      },
    },
    { id: 'seen', header: t('host.seen'), width: 112, from: 'lg', cell: row => <Ago at={row.lastSeen} /> },
  ]
}

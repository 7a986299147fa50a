import { useMemo } from 'react'
import type { Drill, DrillResult, Scenario } from '../../../server/schemas/drills.ts'
import { duration } from '../../ui/format/number.ts'
import { Clip } from '../../ui/parts/go.tsx'
import { Tag } from '../../ui/parts/severity.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

/** Technique × detected × time × blocked. What could not run says why; a missed one stands first. */
export function DrillTable({ drill, scenarios }: { drill: Drill; scenarios: Scenario[] }) {
  const text = useText()
  const columns = useMemo(
    () => columnsOf(text, new Map(scenarios.map(scenario => [scenario.id, scenario]))),
    [text, scenarios],
  )
  const rows = drill.results.toSorted((a, b) => weight(a) - weight(b))
  return (
    <PlainTable
      label={text.t('drill.last')}
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      empty={
        <p className="note panel-body">{text.t(drill.state === 'failed' ? 'drill.no_result' : 'drill.waiting')}</p>
      }
    />
  )
}

/** Missed, not run, left behind, seen. */
function weight({ detected, problem, cleanedUp }: DrillResult): number {
  if (problem) return 1
  if (!detected) return 0
  return cleanedUp ? 3 : 2
}

function columnsOf({ t, lang, both }: Text, scenarios: Map<string, Scenario>): Column<DrillResult>[] {
  return [
    {
      id: 'id',
      header: t('drill.scenario'),
      cell: row => {
        const scenario = scenarios.get(row.id)
        return (
          <>
            <Clip className="strong" text={scenario ? both(scenario.title) : row.id} />
            <Clip className="small dim" text={row.problem ?? row.rule} />
          </>
        )
      },
    },
    { id: 'technique', header: 'ATT&CK', width: 100, from: 'sm', cell: row => <Clip mono text={row.technique} /> },
    {
      id: 'detected',
      header: t('drill.detected'),
      width: 100,
      cell: row =>
        row.problem ? (
          <Tag tone="medium">{t('drill.not_run')}</Tag>
        ) : (
          <Tag tone={row.detected ? 'good' : 'critical'}>{t(row.detected ? 'drill.yes' : 'drill.missed')}</Tag>
        ),
    },
    {
      id: 'time',
      header: t('response.took'),
      width: 84,
      from: 'sm',
      end: true,
      cell: row => (row.milliseconds === undefined ? <span className="dim">—</span> : duration(row.milliseconds, lang)),
    },
    {
      id: 'blocked',
      header: t('drill.blocked'),
      width: 92,
      from: 'sm',
      cell: row =>
        row.blocked === undefined ? (
          <span className="dim">—</span>
        ) : (
          <Tag tone={row.blocked ? 'good' : ''}>{t(row.blocked ? 'word.yes' : 'word.no')}</Tag>
        ),
    },
    {
      id: 'clean',
      header: t('drill.clean'),
      width: 92,
      from: 'md',
      cell: row => <Tag tone={row.cleanedUp ? '' : 'high'}>{t(row.cleanedUp ? 'word.yes' : 'word.no')}</Tag>,
    },
  ]
}

import { stringify } from 'yaml'
import type { Context } from '../../context.ts'
import type { AgentConfig } from '../../schemas/agent.ts'

interface ExceptionField {
  field: string
  operator: string
  value: string[]
}

/** What every agent runs by: rules that are off, exceptions and the user's own rules as Falco's YAML, protection, drift. */
export async function configOf({ db, settings }: Context): Promise<AgentConfig> {
  const { drift, playbooks, scan, logs, protected: spared } = settings.get()
  const off = await db.selectFrom('rule_state').select('name').where('enabled', '=', 0).orderBy('name').execute()
  const exceptions = await db.selectFrom('rule_exceptions').selectAll().orderBy('id').execute()
  const custom = await db.selectFrom('custom_rules').selectAll().orderBy('name').execute()
  return {
    disabled: off.map(row => row.name),
    rules: [...custom.map(row => row.text.trimEnd()), exceptionsYaml(exceptions)].filter(Boolean).join('\n'),
    drift,
    protected: spared,
    playbooks,
    scanners: scan.scanners,
    followLogs: logs.follow,
    maskLogs: logs.mask,
  }
}

/** Exceptions in Falco's form, appended to their rules. A single field takes a flat list of values. */
export function exceptionsYaml(rows: readonly { id: string; rule: string; name: string; fields: string }[]): string {
  const items = rows.map(row => {
    const fields = JSON.parse(row.fields) as ExceptionField[]
    return {
      rule: row.rule,
      exceptions: [
        {
          // Names must be unique within a rule.
          name: `${row.name} ${row.id}`,
          fields: fields.map(one => one.field),
          comps: fields.map(one => one.operator),
          values: [fields.map(one => (one.operator === 'in' || one.operator === 'pmatch' ? one.value : one.value[0]!))],
        },
      ],
      override: { exceptions: 'append' },
    }
  })
  return items.length === 0 ? '' : stringify(items)
}

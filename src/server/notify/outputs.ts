import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import { checkConfig } from '../../reporting/outputs/config.ts'
import type { ConfiguredOutput } from '../../reporting/outputs/deliveries.ts'
import { outputKinds } from '../../reporting/outputs/index.ts'
import type { OutputConfig, OutputKind } from '../../reporting/outputs/model.ts'
import type { Context } from '../context.ts'
import type { Tables } from '../db/tables.ts'

/** Kinds by name; files are written below the state folder. */
export function kindsOf({ state }: Pick<Context, 'state'>): OutputKind[] {
  return outputKinds(join(state, 'outputs'))
}

export function kindOf(context: Pick<Context, 'state'>, name: string): OutputKind {
  const kind = kindsOf(context).find(each => each.kind === name)
  if (kind === undefined) throw new JennerError('bad_argument', `kind: ${name}`)
  return kind
}

export function sealName(id: string, key: string): string {
  return `output/${id}/${key}`
}

/** Outputs that are switched on, their secrets unsealed. One whose settings are not understood any more is left out, and says so. */
export async function configuredOutputs(context: Context): Promise<ConfiguredOutput[]> {
  const rows = await context.db.selectFrom('outputs').selectAll().where('enabled', '=', 1).execute()
  const found: ConfiguredOutput[] = []
  for (const row of rows) {
    try {
      found.push({ id: row.id, kind: kindOf(context, row.kind), config: await unsealed(context, row) })
    } catch (error) {
      await context.db
        .updateTable('outputs')
        .set({ last_error: String(error) })
        .where('id', '=', row.id)
        .execute()
    }
  }
  return found
}

/** Settings of an output as it needs them. Throws bad_argument. */
export async function unsealed(
  context: Context,
  row: Pick<Tables['outputs'], 'id' | 'kind' | 'config'>,
): Promise<OutputConfig> {
  const { fields } = kindOf(context, row.kind)
  const config = JSON.parse(row.config) as Record<string, unknown>
  for (const { key, type } of fields) {
    if (type !== 'secret') continue
    const secret = await context.seal.get(sealName(row.id, key))
    if (secret !== undefined) config[key] = secret
  }
  return checkConfig(fields, config)
}

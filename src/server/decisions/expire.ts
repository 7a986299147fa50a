import type { Context } from '../context.ts'
import { noteEvent } from '../ingest/events.ts'
import { noteChange } from './history.ts'

/** Ends decisions whose time has come: what they covered is shown again. */
export async function expireDecisions(context: Context): Promise<void> {
  const { db, now, verdicts, bus } = context
  const ended = await db
    .selectFrom('decisions')
    .selectAll()
    .where('state', '=', 'active')
    .where('expires', '<=', now())
    .execute()
  for (const decision of ended) {
    // First what it covered, then the word: who dies in between does both again.
    const { changed } = await verdicts.decided(decision)
    await db.transaction().execute(async transaction => {
      const change = { state: 'expired', updated_at: now() }
      await transaction.updateTable('decisions').set(change).where('id', '=', decision.id).execute()
      const after = { ...decision, ...change }
      await noteChange(transaction, { before: decision, after, actor: 'jenner', what: 'expired', time: now() })
    })
    const about = decision.vulnerability || decision.package || decision.rule
    await noteEvent(context, {
      kind: 'platform',
      name: 'decision_expired',
      text: `${about} (${decision.owner}): ${changed}`,
    })
    bus.emit('decision', decision.id)
  }
}

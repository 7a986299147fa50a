import type { Context } from '../context.ts'
import { noteEvent } from '../ingest/events.ts'

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
    await db
      .updateTable('decisions')
      .set({ state: 'expired', updated_at: now() })
      .where('id', '=', decision.id)
      .execute()
    const about = decision.vulnerability || decision.package || decision.rule
    await noteEvent(context, {
      kind: 'platform',
      name: 'decision_expired',
      text: `${about} (${decision.owner}): ${changed}`,
    })
    bus.emit('decision', decision.id)
  }
}

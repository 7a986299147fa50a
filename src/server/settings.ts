import { JennerError } from '../base/errors.ts'
import type { Db } from './db/open.ts'
import { type Settings, settings as schema } from './schemas/settings.ts'

export const defaultSettings: Settings = {
  // Access records must be kept for a year at least; 400 days leave room for a late review.
  retentionDays: { alerts: 90, events: 90, audit: 400, logs: 14, evidence: 400 },
  scan: { onSight: true, scanners: ['vuln', 'secret', 'malware'], nightly: '02:30' },
  feeds: { offline: false, everyHours: 24 },
  drift: 'alert',
  logs: { follow: true, mask: true, rules: '' },
  protected: [],
  sla: { CRITICAL: 7, HIGH: 30, MEDIUM: 90, LOW: 180 },
  clocks: { intrusionHours: 24, leakHours: 72 },
  playbooks: '',
  oidc: { enabled: false, name: '', issuer: '', clientId: '', roleClaim: 'groups', roles: {} },
}

export interface SettingsStore {
  get(): Settings
  patch(part: Partial<Settings>): Promise<Settings>
}

/** The settings as stored, over the defaults. A stored value that the schema of today refuses is left out: the default stands. */
export async function openSettings(db: Db): Promise<SettingsStore> {
  let current = defaultSettings
  for (const { key, value } of await db.selectFrom('settings').selectAll().execute()) {
    const merged = schema.safeParse({ ...current, [key]: merge(current[key as keyof Settings], JSON.parse(value)) })
    if (merged.success) current = merged.data
  }
  return {
    get: () => current,
    async patch(part) {
      const next = schema.safeParse({ ...current, ...part })
      if (!next.success) throw new JennerError('bad_argument', next.error.issues[0]?.path.join('.') ?? '')
      const rows = Object.keys(part)
        .filter(key => key in schema.shape)
        .map(key => ({ key, value: JSON.stringify(next.data[key as keyof Settings]) }))
      if (rows.length > 0)
        await db
          .insertInto('settings')
          .values(rows)
          .onConflict(on => on.column('key').doUpdateSet(eb => ({ value: eb.ref('excluded.value') })))
          .execute()
      current = next.data
      return current
    },
  }
}

function merge(standard: unknown, stored: unknown): unknown {
  const both = [standard, stored].every(value => typeof value === 'object' && value !== null && !Array.isArray(value))
  return both ? { ...(standard as object), ...(stored as object) } : stored
}

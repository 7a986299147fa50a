import { type AnyDb, createIndex, createTable, type StoreKind } from '../define.ts'

/** Rules, response, drills, jobs. */
export async function work(db: AnyDb, kind: StoreKind): Promise<void> {
  await createTable(db, kind, 'rule_state', { name: 'text', enabled: 'int' }, ['name'])
  await createTable(
    db,
    kind,
    'rule_exceptions',
    {
      id: 'text',
      rule: 'text',
      name: 'text',
      fields: 'text',
      comment: 'text',
      created_by: 'text',
      created_at: 'int',
    },
    ['id'],
  )
  await createTable(db, kind, 'custom_rules', { name: 'text', text: 'text', updated_at: 'int' }, ['name'])
  await createTable(
    db,
    kind,
    'actions',
    {
      id: 'text',
      step: 'text',
      container_id: 'text',
      container: 'text',
      host_id: 'text',
      incident_id: 'text',
      dry_run: 'int',
      state: 'text',
      undoable: 'int',
      reason: 'text',
      requested_by: 'text',
      created_at: 'int',
      done_at: 'int?',
      until: 'int?',
      detail: 'text',
      milliseconds: 'real?',
      ref: 'text',
    },
    ['id'],
  )
  await createIndex(db, 'actions', 'container_id')
  await createIndex(db, 'actions', 'incident_id')
  await createTable(
    db,
    kind,
    'drills',
    {
      id: 'text',
      host_id: 'text',
      state: 'text',
      requested_by: 'text',
      created_at: 'int',
      finished_at: 'int?',
      total: 'int',
      detected: 'int',
      scenarios: 'text',
      results: 'text',
      error: 'text',
    },
    ['id'],
  )
  await createTable(
    db,
    kind,
    'jobs',
    {
      id: 'text',
      kind: 'text',
      target: 'text',
      host_id: 'text',
      title: 'text',
      state: 'text',
      priority: 'int',
      attempts: 'int',
      run_after: 'int',
      lease_until: 'int?',
      lease_by: 'text',
      progress: 'text',
      error: 'text',
      data: 'text',
      created_at: 'int',
      started_at: 'int?',
      finished_at: 'int?',
    },
    ['id'],
  )
  await createIndex(db, 'jobs', 'state, priority, id')
  await createIndex(db, 'jobs', 'kind, target, state')
}

/** Accounts, sessions, the audit log, settings. */
export async function people(db: AnyDb, kind: StoreKind): Promise<void> {
  await createTable(
    db,
    kind,
    'users',
    {
      id: 'text',
      name: 'text',
      role: 'text',
      kind: 'text',
      subject: 'text',
      disabled: 'int',
      password: 'text',
      created_at: 'int',
      last_login: 'int?',
    },
    ['id'],
  )
  await createIndex(db, 'users', 'name', { unique: true })
  await createIndex(db, 'users', 'subject', { unique: true, where: "subject <> ''" })
  await createTable(db, kind, 'invitations', { hash: 'text', user_id: 'text', kind: 'text', expires: 'int' }, ['hash'])
  await createTable(
    db,
    kind,
    'sessions',
    {
      id: 'text',
      hash: 'text',
      user_id: 'text',
      csrf: 'text',
      created_at: 'int',
      last_seen: 'int',
      expires: 'int',
      from_address: 'text',
    },
    ['id'],
  )
  await createIndex(db, 'sessions', 'hash', { unique: true })
  await createIndex(db, 'sessions', 'user_id')
  await createTable(
    db,
    kind,
    'tokens',
    {
      id: 'text',
      hash: 'text',
      name: 'text',
      scopes: 'text',
      created_by: 'text',
      user_id: 'text',
      created_at: 'int',
      expires: 'int',
      last_used: 'int?',
    },
    ['id'],
  )
  await createIndex(db, 'tokens', 'hash', { unique: true })
  await createTable(db, kind, 'lockouts', { key: 'text', failures: 'int', until: 'int', last: 'int' }, ['key'])
  await createTable(
    db,
    kind,
    'audit',
    {
      seq: 'serial',
      id: 'text',
      time: 'int',
      actor: 'text',
      from_address: 'text',
      action: 'text',
      target: 'text',
      detail: 'text',
      outcome: 'text',
      hash: 'text',
    },
    ['seq'],
  )
  await createIndex(db, 'audit', 'id', { unique: true })
  await createTable(db, kind, 'settings', { key: 'text', value: 'text' }, ['key'])
  await createTable(db, kind, 'sealed', { name: 'text', value: 'text' }, ['name'])
  await createTable(
    db,
    kind,
    'idempotency',
    { key: 'text', request: 'text', status: 'int', body: 'text', created_at: 'int' },
    ['key'],
  )
}

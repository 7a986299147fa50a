import { type AnyDb, createIndex, createTable, type StoreKind } from '../define.ts'
import { createSearch } from '../search.ts'
import { people, work } from './0001-first-people.ts'

/** The first schema. */
export async function first(db: AnyDb, kind: StoreKind): Promise<void> {
  await inventory(db, kind)
  await verdicts(db, kind)
  await happenings(db, kind)
  await work(db, kind)
  await people(db, kind)
}

async function inventory(db: AnyDb, kind: StoreKind): Promise<void> {
  await createTable(db, kind, 'meta', { key: 'text', value: 'text' }, ['key'])
  await createTable(
    db,
    kind,
    'hosts',
    {
      id: 'text',
      name: 'text',
      os: 'text',
      kernel: 'text',
      cores: 'int',
      memory: 'int',
      agent_version: 'text',
      runtimes: 'text',
      sensor: 'text',
      risks: 'text',
      first_seen: 'int',
      last_seen: 'int',
    },
    ['id'],
  )
  await createTable(
    db,
    kind,
    'containers',
    {
      id: 'text',
      host_id: 'text',
      name: 'text',
      image: 'text',
      image_id: 'text',
      runtime: 'text',
      state: 'text',
      created_at: 'int',
      started_at: 'int?',
      owner: 'text',
      service: 'text',
      run_as: 'text',
      privileged: 'int',
      exposed: 'int',
      ports: 'text',
      mounts: 'text',
      risks: 'text',
      risk: 'int',
      actions: 'text',
      seen_at: 'int',
    },
    ['id'],
  )
  await createIndex(db, 'containers', 'host_id')
  await createIndex(db, 'containers', 'image_id')
  await createIndex(db, 'containers', 'name')
  await createTable(db, kind, 'images', imageColumns, ['id'])
  await createIndex(db, 'images', 'name')
  await createTable(db, kind, 'image_names', { name: 'text', image_id: 'text', since: 'int' }, ['name', 'image_id'])
  await createIndex(db, 'image_names', 'image_id')
  await createTable(db, kind, 'inventories', { image_id: 'text', body: 'blob', files: 'blob', at: 'int' }, ['image_id'])
  await createTable(
    db,
    kind,
    'components',
    {
      id: 'serial',
      purl: 'text',
      name: 'text',
      version: 'text',
      type: 'text',
      licenses: 'text',
      images: 'int',
      critical: 'int',
      high: 'int',
      medium: 'int',
      low: 'int',
      unknown: 'int',
      weight: 'int',
      in_use: 'int',
    },
    ['id'],
  )
  await createIndex(db, 'components', 'purl', { unique: true })
  await createIndex(db, 'components', 'name, id')
  await createIndex(db, 'components', 'weight, id')
  await createTable(
    db,
    kind,
    'packages',
    { image_id: 'text', no: 'int', component_id: 'int', path: 'text', layer: 'text', in_use: 'int' },
    ['image_id', 'no'],
  )
  await createIndex(db, 'packages', 'component_id, image_id')
  await createTable(db, kind, 'loaded_paths', { image_id: 'text', path: 'text', first_seen: 'int' }, [
    'image_id',
    'path',
  ])
  await createTable(
    db,
    kind,
    'watches',
    { container_id: 'text', image_id: 'text', host_id: 'text', since: 'int', lost: 'int' },
    ['container_id'],
  )
  await createIndex(db, 'watches', 'image_id')
}

const imageColumns = {
  id: 'text',
  name: 'text',
  names: 'text',
  digests: 'text',
  os: 'text',
  os_eol: 'int?',
  size: 'int',
  created_at: 'int?',
  layers: 'int',
  packages: 'int',
  scan_state: 'text',
  scan_at: 'int?',
  scan_error: 'text',
  incomplete: 'text',
  critical: 'int',
  high: 'int',
  medium: 'int',
  low: 'int',
  unknown: 'int',
  weight: 'int',
  secrets: 'int',
  malware: 'int',
  running: 'int',
  reach: 'int',
  base_name: 'text',
  base_how: 'text',
  layer_list: 'text',
  first_seen: 'int',
  last_seen: 'int',
  judged_by: 'text',
} as const

async function verdicts(db: AnyDb, kind: StoreKind): Promise<void> {
  await createTable(
    db,
    kind,
    'findings',
    {
      id: 'text',
      image_id: 'text',
      kind: 'text',
      name: 'text',
      severity: 'int',
      title: 'text',
      package: 'text',
      component_id: 'int',
      package_no: 'int',
      purl: 'text',
      installed: 'text',
      fixed: 'text',
      status: 'text',
      path: 'text',
      layer: 'text',
      in_use: 'int',
      reach: 'int',
      running: 'int',
      score: 'int',
      cvss: 'real',
      epss: 'real',
      kev: 'int',
      first_seen: 'int',
      decision_id: 'text',
      evidence: 'text',
      from_base: 'int?',
    },
    ['id'],
  )
  // With the kind in it, the few secrets are found among many flaws without an index that starts with the kind: a planner without statistics would take that for everything.
  await createIndex(db, 'findings', 'score, id, kind')
  await createIndex(db, 'findings', 'image_id, score, id')
  await createIndex(db, 'findings', 'name, image_id')
  await createIndex(db, 'findings', 'severity, score, id')
  await createIndex(db, 'findings', 'first_seen, id, decision_id')
  await createIndex(db, 'findings', 'package, score, id')
  await createIndex(db, 'findings', 'component_id')
  await createIndex(db, 'findings', 'decision_id', { where: "decision_id <> ''" })
  await createTable(
    db,
    kind,
    'flaws',
    {
      id: 'text',
      aliases: 'text',
      title: 'text',
      description: 'text',
      url: 'text',
      cvss: 'real',
      epss: 'text',
      kev: 'text',
      refs: 'text',
    },
    ['id'],
  )
  await createTable(
    db,
    kind,
    'vulnerabilities',
    {
      id: 'text',
      severity: 'int',
      title: 'text',
      packages: 'text',
      package_names: 'text',
      images: 'int',
      running: 'int',
      in_use: 'int',
      reach: 'int',
      score: 'int',
      cvss: 'real',
      epss: 'real',
      kev: 'int',
      fixable: 'int',
      first_seen: 'int',
      decided: 'int',
    },
    ['id'],
  )
  await createIndex(db, 'vulnerabilities', 'score, id')
  await createIndex(db, 'vulnerabilities', 'decided, score, id')
  await createIndex(db, 'vulnerabilities', 'first_seen, id')
  await createTable(
    db,
    kind,
    'decisions',
    {
      id: 'text',
      vulnerability: 'text',
      package: 'text',
      image: 'text',
      workload: 'text',
      rule: 'text',
      status: 'text',
      justification: 'text',
      owner: 'text',
      expires: 'int?',
      comment: 'text',
      state: 'text',
      created_by: 'text',
      created_at: 'int',
      updated_at: 'int',
      source: 'text',
      matches: 'int',
    },
    ['id'],
  )
  await createIndex(db, 'decisions', 'state, expires')
}

async function happenings(db: AnyDb, kind: StoreKind): Promise<void> {
  await createTable(
    db,
    kind,
    'alerts',
    {
      seq: 'serial',
      id: 'text',
      host_id: 'text',
      incident_id: 'text',
      time: 'int',
      day: 'int',
      rule: 'text',
      priority: 'int',
      source: 'text',
      output: 'text',
      fields: 'text',
      hostname: 'text',
      tags: 'text',
      container_id: 'text',
      container: 'text',
      image: 'text',
    },
    ['seq'],
  )
  await createIndex(db, 'alerts', 'id', { unique: true })
  await createIndex(db, 'alerts', 'time desc, id desc')
  await createIndex(db, 'alerts', 'incident_id, time desc, id desc')
  await createIndex(db, 'alerts', 'rule, time desc, id desc')
  await createIndex(db, 'alerts', 'container_id, time desc, id desc')
  await createIndex(db, 'alerts', 'priority, time desc, id desc')
  await createIndex(db, 'alerts', 'host_id, time desc, id desc')
  await createIndex(db, 'alerts', 'day')
  await createTable(
    db,
    kind,
    'events',
    {
      seq: 'serial',
      id: 'text',
      host_id: 'text',
      time: 'int',
      day: 'int',
      kind: 'text',
      name: 'text',
      container_id: 'text',
      container: 'text',
      text: 'text',
    },
    ['seq'],
  )
  await createIndex(db, 'events', 'id', { unique: true })
  await createIndex(db, 'events', 'time desc, id desc')
  await createIndex(db, 'events', 'kind, time desc, id desc')
  await createIndex(db, 'events', 'container_id, time desc, id desc')
  await createIndex(db, 'events', 'host_id, time desc, id desc')
  await createIndex(db, 'events', 'day')
  await createSearch(db, kind, 'alerts')
  await createSearch(db, kind, 'events')
  await createTable(
    db,
    kind,
    'incidents',
    {
      id: 'text',
      host_id: 'text',
      agent_ref: 'text',
      rule: 'text',
      priority: 'int',
      techniques: 'text',
      tags: 'text',
      workload: 'text',
      container_id: 'text',
      container: 'text',
      image: 'text',
      image_id: 'text',
      first: 'int',
      last: 'int',
      count: 'int',
      state: 'text',
      assignee: 'text',
      lineage: 'text',
    },
    ['id'],
  )
  await createIndex(db, 'incidents', 'host_id, agent_ref', { unique: true })
  await createIndex(db, 'incidents', 'last desc, id desc')
  await createIndex(db, 'incidents', 'state, last desc, id desc')
  await createIndex(db, 'incidents', 'container_id, state')
  await createIndex(db, 'incidents', 'image_id')
  await createTable(
    db,
    kind,
    'notes',
    { id: 'text', incident_id: 'text', time: 'int', kind: 'text', actor: 'text', text: 'text' },
    ['id'],
  )
  await createIndex(db, 'notes', 'incident_id')
  await createTable(
    db,
    kind,
    'evidence',
    {
      id: 'text',
      incident_id: 'text',
      action_id: 'text',
      name: 'text',
      size: 'int',
      sha256: 'text',
      created_at: 'int',
    },
    ['id'],
  )
  await createIndex(db, 'evidence', 'incident_id')
}

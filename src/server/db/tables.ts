import type { Generated } from 'kysely'

/**
 * The store's tables. Times are milliseconds since 1970, booleans 0 or 1, severities and priorities numbers (0 the worst), lists and objects JSON text: the same on
 * SQLite and PostgreSQL.
 */
export interface Tables {
  meta: { key: string; value: string }
  hosts: {
    id: string
    name: string
    os: string
    kernel: string
    cores: number
    memory: number
    agent_version: string
    runtimes: string
    sensor: string
    risks: string
    first_seen: number
    last_seen: number
  }
  containers: {
    id: string
    host_id: string
    name: string
    image: string
    image_id: string
    runtime: string
    state: string
    created_at: number
    started_at: number | null
    owner: string
    service: string
    run_as: string
    privileged: number
    exposed: number
    ports: string
    mounts: string
    risks: string
    risk: number
    actions: string
    seen_at: number
  }
  images: {
    id: string
    name: string
    names: string
    digests: string
    os: string
    os_eol: number | null
    size: number
    created_at: number | null
    layers: number
    packages: number
    scan_state: string
    scan_at: number | null
    scan_error: string
    incomplete: string
    critical: number
    high: number
    medium: number
    low: number
    unknown: number
    /** One number to sort by: criticals first, then highs … */
    weight: number
    secrets: number
    malware: number
    running: number
    reach: number
    base_name: string
    base_how: string
    layer_list: string
    first_seen: number
    last_seen: number
    judged_by: string
    /** Names the verdict whose findings are stored; '' where nobody knows. */
    verdict: string
  }
  image_names: { name: string; image_id: string; since: number }
  inventories: { image_id: string; body: Uint8Array; files: Uint8Array; at: number }
  components: {
    id: Generated<number>
    purl: string
    name: string
    version: string
    type: string
    licenses: string
    images: number
    critical: number
    high: number
    medium: number
    low: number
    unknown: number
    /** One number to sort by: criticals first, then highs … */
    weight: number
    in_use: number
  }
  packages: {
    image_id: string
    no: number
    component_id: number
    path: string
    layer: string
    in_use: number
  }
  findings: {
    id: string
    image_id: string
    kind: string
    name: string
    severity: number
    title: string
    package: string
    component_id: number
    package_no: number
    purl: string
    installed: string
    fixed: string
    status: string
    path: string
    layer: string
    in_use: number
    reach: number
    running: number
    score: number
    cvss: number
    epss: number
    kev: number
    first_seen: number
    decision_id: string
    evidence: string
    from_base: number | null
  }
  flaws: {
    id: string
    aliases: string
    title: string
    description: string
    url: string
    cvss: number
    epss: string
    kev: string
    refs: string
  }
  vulnerabilities: {
    id: string
    severity: number
    title: string
    packages: string
    package_names: string
    images: number
    running: number
    in_use: number
    reach: number
    score: number
    cvss: number
    epss: number
    kev: number
    fixable: number
    first_seen: number
    decided: number
  }
  decisions: {
    id: string
    vulnerability: string
    package: string
    image: string
    workload: string
    rule: string
    status: string
    justification: string
    owner: string
    expires: number | null
    comment: string
    state: string
    created_by: string
    created_at: number
    updated_at: number
    source: string
    matches: number
  }
  alerts: {
    seq: Generated<number>
    id: string
    host_id: string
    incident_id: string
    time: number
    day: number
    rule: string
    priority: number
    source: string
    output: string
    fields: string
    hostname: string
    tags: string
    container_id: string
    container: string
    image: string
  }
  events: {
    seq: Generated<number>
    id: string
    host_id: string
    time: number
    day: number
    kind: string
    name: string
    container_id: string
    container: string
    text: string
  }
  incidents: {
    id: string
    host_id: string
    agent_ref: string
    rule: string
    priority: number
    techniques: string
    tags: string
    workload: string
    container_id: string
    container: string
    image: string
    image_id: string
    first: number
    last: number
    count: number
    state: string
    assignee: string
    lineage: string
  }
  notes: { id: string; incident_id: string; time: number; kind: string; actor: string; text: string }
  evidence: {
    id: string
    incident_id: string
    action_id: string
    name: string
    size: number
    sha256: string
    created_at: number
    host_id: string
    container_id: string
    container: string
    agent_ref: string
    made_by: string
    agent_key: string
    state: string
    received: number
  }
  decision_changes: {
    id: string
    decision_id: string
    time: number
    actor: string
    what: string
    before: string
    after: string
  }
  rule_state: { name: string; enabled: number }
  rule_exceptions: {
    id: string
    rule: string
    name: string
    fields: string
    comment: string
    created_by: string
    created_at: number
  }
  custom_rules: { name: string; text: string; updated_at: number }
  actions: {
    id: string
    step: string
    container_id: string
    container: string
    host_id: string
    incident_id: string
    dry_run: number
    state: string
    undoable: number
    reason: string
    requested_by: string
    created_at: number
    done_at: number | null
    until: number | null
    detail: string
    milliseconds: number | null
    ref: string
    agent_ref: string
  }
  drills: {
    id: string
    host_id: string
    state: string
    requested_by: string
    created_at: number
    finished_at: number | null
    total: number
    detected: number
    scenarios: string
    results: string
    error: string
    /** `console`, or `command` for one that was started beside the platform. */
    origin: string
  }
  jobs: {
    id: string
    kind: string
    target: string
    /** '' for work of the server, else the host whose agent does it; `*` for any agent. */
    host_id: string
    title: string
    state: string
    priority: number
    attempts: number
    run_after: number
    lease_until: number | null
    lease_by: string
    progress: string
    error: string
    data: string
    created_at: number
    started_at: number | null
    finished_at: number | null
  }
  loaded_paths: { image_id: string; path: string; first_seen: number }
  watches: { container_id: string; image_id: string; host_id: string; since: number; lost: number }
  users: {
    id: string
    name: string
    role: string
    kind: string
    subject: string
    disabled: number
    password: string
    created_at: number
    last_login: number | null
  }
  invitations: { hash: string; user_id: string; kind: string; expires: number }
  sessions: {
    id: string
    hash: string
    user_id: string
    csrf: string
    created_at: number
    last_seen: number
    expires: number
    from_address: string
  }
  tokens: {
    id: string
    hash: string
    name: string
    scopes: string
    created_by: string
    user_id: string
    created_at: number
    expires: number
    last_used: number | null
  }
  lockouts: { key: string; failures: number; until: number; last: number }
  audit: {
    seq: Generated<number>
    id: string
    time: number
    actor: string
    from_address: string
    action: string
    target: string
    detail: string
    outcome: string
    hash: string
  }
  settings: { key: string; value: string }
  sealed: { name: string; value: string }
  outputs: {
    id: string
    kind: string
    name: string
    enabled: number
    minimum: number
    config: string
    delivered: number
    failed: number
    last_delivered: number | null
    last_error: string
    created_at: number
  }
  deliveries: {
    seq: Generated<number>
    output_id: string
    notice_id: string
    notice: string
    /** `waiting`, `dead`; what was delivered is gone. */
    state: string
    at: number
    attempts: number
    error: string
    created_at: number
  }
  told: { kind: string; ref: string; level: number; at: number }
  reports: {
    id: string
    from_time: number
    to_time: number
    format: string
    lang: string
    state: string
    created_by: string
    created_at: number
    size: number | null
    error: string
    body: Uint8Array
  }
  schedules: {
    id: string
    every: string
    format: string
    lang: string
    outputs: string
    next: number
    enabled: number
    last_run: number
    last_report: string
  }
  daily: { day: number; levels: string }
  logs: {
    seq: Generated<number>
    id: string
    host_id: string
    container_id: string
    container: string
    stream: string
    time: number
    day: number
    text: string
  }
  idempotency: { key: string; request: string; status: number; body: string; created_at: number }
}
export type TableName = keyof Tables

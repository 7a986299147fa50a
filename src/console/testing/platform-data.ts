import type { AuditRow } from '../../server/schemas/audit.ts'
import type { EventRow } from '../../server/schemas/events.ts'
import type { Health, Today } from '../../server/schemas/health.ts'
import type { Job } from '../../server/schemas/jobs.ts'
import type { LogLine } from '../../server/schemas/logs.ts'
import type { Output } from '../../server/schemas/outputs.ts'
import type { ReportRow, Schedule } from '../../server/schemas/reports.ts'
import type { Settings } from '../../server/schemas/settings.ts'
import type { Token, User } from '../../server/schemas/users.ts'
import { titleOf } from './guard-data.ts'
import { ago, digest, hostile } from './made.ts'

export function makeHealth(base: number, starter: boolean): Health {
  const names = ['server', 'database', 'agent', 'sensor', 'docker', 'advisories', 'outputs', 'disk'] as const
  return {
    version: '0.1.0',
    startedAt: ago(base, 60 * 24 * 3),
    parts: names.map(name => ({
      name,
      state: name === 'outputs' ? 'degraded' : name === 'advisories' && starter ? 'degraded' : 'ok',
      detail:
        name === 'outputs'
          ? { en: 'mail: 3 messages wait, the server answered 451', ko: 'mail: 3건 대기, 서버 응답 451' }
          : { en: 'as it should be', ko: '정상' },
    })),
    advisories: starter
      ? { starter, builtAt: ago(base, 60 * 24 * 90), sources: [{ id: 'starter', name: 'Starter', records: 1412 }] }
      : {
          starter,
          builtAt: ago(base, 300),
          ageHours: 5,
          sources: [
            { id: 'debian', name: 'Debian Security Tracker', records: 41_022, date: '2026-11-27' },
            { id: 'osv', name: 'OSV', records: 214_800, date: '2026-11-27' },
            { id: 'kev', name: 'CISA KEV', records: 1466, date: '2026-11-26' },
            { id: 'epss', name: 'EPSS', records: 301_112, date: '2026-11-26' },
          ],
        },
    jobs: { queued: 3, running: 1, failed: 1 },
    store: { kind: 'sqlite', bytes: 812_000_000, alerts: 1_204_113, events: 88_120 },
    memory: 312_000_000,
  }
}

export function makeToday(base: number): Today {
  return {
    since: ago(base, 60 * 24),
    counts: {
      containers: 64,
      images: 48,
      openIncidents: 5,
      newFindings: 38,
      kevInUse: 3,
      expiringDecisions: 4,
      blindSpots: 1,
    },
    vulnerabilities: { CRITICAL: 40, HIGH: 1652, MEDIUM: 3301, LOW: 3380, UNKNOWN: 1627 },
    items: [
      {
        kind: 'incident',
        ref: 'i1',
        severity: 'CRITICAL',
        title: { en: 'Reverse shell from a container', ko: '컨테이너에서 리버스 셸 실행' },
        detail: { en: 'shop-api on web-01, 38 alerts', ko: 'web-01의 shop-api, 알림 38건' },
        owner: 'kim',
        at: ago(base, 4),
        action: 'open',
      },
      {
        kind: 'vulnerability',
        ref: 'CVE-2026-10000',
        severity: 'CRITICAL',
        title: {
          en: 'CVE-2026-10000 in openssl is in use and exploited',
          ko: '사용 중인 openssl에 악용 중인 CVE-2026-10000',
        },
        detail: { en: '12 images, fixed in 1.0.2', ko: '이미지 12개, 1.0.2에서 수정됨' },
        at: ago(base, 200),
        action: 'decide',
      },
      {
        kind: 'malware',
        ref: digest(8),
        severity: 'CRITICAL',
        title: {
          en: 'Miner in registry.local/ci/runner:1.18',
          ko: 'registry.local/ci/runner:1.18에서 채굴 악성코드 발견',
        },
        detail: { en: '/usr/local/bin/.x', ko: '/usr/local/bin/.x' },
        owner: 'ci',
        at: ago(base, 500),
        action: 'open',
      },
      {
        kind: 'risk',
        ref: 'c00000000007',
        severity: 'CRITICAL',
        title: {
          en: 'ci-runner runs privileged with the Docker socket',
          ko: 'ci-runner가 도커 소켓을 가진 특권 컨테이너로 실행 중',
        },
        detail: { en: 'compose service ci-runner', ko: 'compose 서비스 ci-runner' },
        owner: 'ci',
        at: ago(base, 900),
        action: 'open',
      },
      {
        kind: 'blind_spot',
        ref: 'h3',
        severity: 'HIGH',
        title: { en: 'db-01 is not watched', ko: 'db-01을 감시하지 못하고 있음' },
        detail: { en: 'kernel without BTF; 8 containers', ko: 'BTF가 없는 커널, 컨테이너 8개' },
        at: ago(base, 190),
        action: 'open',
      },
      {
        kind: 'decision',
        ref: 'd4',
        severity: 'MEDIUM',
        title: { en: '4 accepted risks end this week', ko: '이번 주 만료되는 위험 수용 4건' },
        detail: { en: 'CVE-2026-10199 and three more', ko: 'CVE-2026-10199 외 3건' },
        owner: 'lee',
        at: ago(base, 1000),
        action: 'open',
      },
      {
        kind: 'drill',
        ref: '',
        severity: 'LOW',
        title: { en: 'One attack of the last drill was missed', ko: '최근 훈련에서 1건 미탐지' },
        detail: { en: 'Metadata service of the cloud is asked', ko: '클라우드 메타데이터 조회' },
        at: ago(base, 90),
        action: 'run_drill',
      },
    ],
    fixes: [
      {
        title: {
          en: 'Upgrade the base image of 6 images to debian:12.8-slim',
          ko: '이미지 6개의 베이스를 debian:12.8-slim으로 올리기',
        },
        imageId: digest(1),
        image: 'registry.local/shop/web:4.2.1',
        removes: 214,
        worst: 'CRITICAL',
        diff: '--- Dockerfile\n+++ Dockerfile\n@@ -1,2 +1,2 @@\n-FROM debian:12.2-slim\n+FROM debian:12.8-slim\n RUN apt-get update\n',
      },
      {
        title: { en: 'Take the Docker socket from ci-runner', ko: 'ci-runner에서 도커 소켓 제거' },
        containerId: 'c00000000007',
        removes: 2,
        worst: 'CRITICAL',
        diff: '--- compose.yaml\n+++ compose.yaml\n@@ services.ci-runner @@\n-    privileged: true\n',
      },
      {
        title: { en: 'Upgrade express to 4.21.2', ko: 'express를 4.21.2로 올리기' },
        imageId: digest(2),
        image: 'registry.local/shop/api:4.2.1',
        removes: 9,
        worst: 'HIGH',
        diff: '-    "express": "4.17.1"\n+    "express": "4.21.2"\n',
      },
    ],
    incidents: [
      {
        id: 'i1',
        rule: 'Reverse shell from a container',
        title: titleOf('Reverse shell from a container'),
        priority: 'Critical',
        container: 'shop-api',
        count: 38,
        last: ago(base, 4),
      },
      {
        id: 'i3',
        rule: 'Program that is not in the image was run',
        title: titleOf('Program that is not in the image was run'),
        priority: 'Critical',
        container: 'billing-worker',
        count: 75,
        last: ago(base, 110),
      },
      {
        id: 'i2',
        rule: 'Sensitive file read by an unusual process',
        title: titleOf('Sensitive file read by an unusual process'),
        priority: 'Warning',
        container: 'shop-db',
        count: 38,
        last: ago(base, 57),
      },
      {
        id: 'i4',
        rule: hostile,
        title: titleOf(hostile),
        priority: 'Error',
        container: 'cache',
        count: 112,
        last: ago(base, 163),
      },
    ],
    trend: Array.from({ length: 14 }, (_, index) => ({
      day: ago(base, 60 * 24 * (13 - index)).slice(0, 10),
      alerts: 40 + ((index * 29) % 90),
      incidents: (index * 5) % 9,
      findings: (index * 7) % 23,
    })),
  }
}

export const settings: Settings = {
  retentionDays: { alerts: 400, events: 400, audit: 730, logs: 90, evidence: 400 },
  scan: { onSight: true, scanners: ['vuln', 'secret', 'malware'], nightly: '03:30' },
  feeds: { offline: false, everyHours: 12 },
  drift: 'alert',
  logs: { follow: true, mask: true, rules: '' },
  protected: ['shop-db', 'registry.local/infra/*'],
  sla: { CRITICAL: 7, HIGH: 30, MEDIUM: 90, LOW: 180 },
  clocks: { intrusionHours: 24, leakHours: 72 },
  playbooks:
    'reverse-shell:\n  when: rule = "Reverse shell from a container"\n  steps: [evidence, isolate]\n  for: 1h\n',
  oidc: { enabled: false, name: '', issuer: '', clientId: '', roleClaim: 'groups', roles: {} },
}

export function makeUsers(base: number): User[] {
  return [
    {
      id: 'u1',
      name: 'admin',
      role: 'admin',
      kind: 'local',
      disabled: false,
      createdAt: ago(base, 90_000),
      lastLogin: ago(base, 3),
    },
    {
      id: 'u2',
      name: 'kim',
      role: 'analyst',
      kind: 'oidc',
      disabled: false,
      createdAt: ago(base, 80_000),
      lastLogin: ago(base, 60),
    },
    { id: 'u3', name: 'lee', role: 'viewer', kind: 'local', disabled: true, createdAt: ago(base, 70_000) },
  ]
}

export function makeTokens(base: number): Token[] {
  return [
    {
      id: 't1',
      name: 'prometheus',
      scopes: ['metrics'],
      createdBy: 'admin',
      createdAt: ago(base, 9000),
      expires: ago(base, -100_000),
      lastUsed: ago(base, 1),
    },
    {
      id: 't2',
      name: 'web-02',
      scopes: ['agent'],
      createdBy: 'admin',
      createdAt: ago(base, 9000),
      expires: ago(base, -200_000),
    },
  ]
}

export function makeOutputs(base: number): Output[] {
  const counts = { delivered: 812, failed: 2, pending: 0, dead: 0 }
  return [
    {
      id: 'o1',
      kind: 'slack',
      name: '#security',
      enabled: true,
      minimum: 'Warning',
      config: { url: true },
      ...counts,
      lastDelivered: ago(base, 4),
    },
    {
      id: 'o2',
      kind: 'email',
      name: 'mail',
      enabled: true,
      minimum: 'Critical',
      config: { host: 'mail.local', password: true },
      ...counts,
      pending: 3,
      lastError: '451 4.7.1 try again later',
    },
  ]
}

export const outputKinds = [
  {
    kind: 'webhook',
    fields: [
      { key: 'url', type: 'url', required: true, example: 'https://example.org/hook' },
      { key: 'secret', type: 'secret', required: false },
      { key: 'template', type: 'template', required: false },
    ],
  },
  { kind: 'slack', fields: [{ key: 'url', type: 'secret', required: true }] },
  {
    kind: 'email',
    fields: [
      { key: 'host', type: 'text', required: true },
      { key: 'port', type: 'number', required: false },
      { key: 'tls', type: 'choice', required: true, choices: ['starttls', 'tls', 'none'] },
      { key: 'password', type: 'secret', required: false },
    ],
  },
]

export function makeAudit(base: number): AuditRow[] {
  const acts = ['login', 'decision.create', 'action.isolate', 'settings.change', 'user.create', 'rule.disable']
  return Array.from({ length: 240 }, (_, index) => ({
    id: `l${1000 - index}`,
    time: ago(base, index * 17),
    actor: index % 3 === 0 ? 'admin' : 'kim',
    from: '10.0.0.14',
    action: acts[index % acts.length]!,
    target: index % 6 === 1 ? 'CVE-2026-10049' : '',
    detail: index % 6 === 0 ? '' : 'from the console',
    outcome: index % 40 === 39 ? 'refused' : 'done',
    hash: index.toString(16).padStart(64, 'b'),
  }))
}

export function makeJobs(base: number): Job[] {
  const row = (id: string, kind: Job['kind'], state: Job['state'], more: Partial<Job> = {}): Job => ({
    id,
    kind,
    target: digest(1),
    title: 'registry.local/shop/web:4.2.1',
    state,
    priority: 5,
    attempts: 1,
    createdAt: ago(base, 6),
    ...more,
  })
  return [
    row('j1', 'scan_image', 'running', { progress: { phase: 'layers', done: 4, total: 9 } }),
    row('j2', 'scan_image', 'queued'),
    row('j3', 'feeds', 'done', { title: '', target: '' }),
    row('j4', 'scan_image', 'failed', { attempts: 3, error: 'layer 3: unexpected end of gzip stream' }),
  ]
}

export function makeReports(base: number): ReportRow[] {
  const month = { from: ago(base, 60 * 24 * 30), to: ago(base, 0), createdBy: 'admin' }
  return [
    { ...month, id: 'r1', format: 'pdf', lang: 'ko', state: 'done', createdAt: ago(base, 100), size: 812_000 },
    { ...month, id: 'r2', format: 'html', lang: 'en', state: 'done', createdAt: ago(base, 5000), size: 120_000 },
    { ...month, id: 'r3', format: 'csv', lang: 'en', state: 'running', createdAt: ago(base, 1) },
  ]
}

export function makeSchedules(base: number): Schedule[] {
  return [
    {
      id: 'sc1',
      every: 'month',
      format: 'pdf',
      lang: 'ko',
      outputs: ['o2'],
      next: ago(base, -60 * 24 * 4),
      enabled: true,
      last: { at: ago(base, 60 * 24 * 26), reportId: 'r1', state: 'done', sent: 1, waiting: 0, failed: 0 },
    },
    { id: 'sc2', every: 'week', format: 'csv', lang: 'en', outputs: [], enabled: false },
  ]
}

export function makeLogs(base: number): LogLine[] {
  return Array.from({ length: 80 }, (_, index) => ({
    id: `g${index}`,
    time: ago(base, index),
    hostId: 'h1',
    containerId: 'c00000000001',
    container: 'shop-api',
    stream: index % 9 === 8 ? 'stderr' : 'stdout',
    text:
      index === 5
        ? `user ${hostile} signed in`
        : index % 9 === 8
          ? 'Error: connect ECONNREFUSED 172.18.0.2:5432'
          : `GET /orders/${index} 200 12ms card=****-****-****-1234`,
  }))
}

export function makeEvents(base: number): EventRow[] {
  return Array.from({ length: 30 }, (_, index) => ({
    id: `v${index}`,
    time: ago(base, index * 30),
    kind: 'container',
    name: index % 2 ? 'started' : 'stopped',
    hostId: 'h1',
    containerId: 'c00000000001',
    container: 'shop-api',
    text: 'exit code 0',
  }))
}

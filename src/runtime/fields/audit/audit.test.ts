import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCondition, createEngine } from '../../rules/engine.ts'
import { loadRules } from '../../rules/loader/load.ts'
import { auditEvents, auditFields, auditType } from './audit.ts'
import { repositoryOf } from './pod.ts'

const createPod = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  auditID: 'a1',
  stage: 'ResponseComplete',
  stageTimestamp: '2026-03-01T12:00:00.123456Z',
  requestURI: '/api/v1/namespaces/shop/pods?fieldManager=kubectl&dryRun=All',
  verb: 'create',
  user: { username: 'mallory', groups: ['system:authenticated', 'dev'] },
  sourceIPs: ['192.0.2.7'],
  userAgent: 'kubectl/1.30',
  objectRef: { resource: 'pods', namespace: 'shop', name: 'web' },
  responseStatus: { code: 201 },
  annotations: { 'authorization.k8s.io/decision': 'allow' },
  requestObject: {
    spec: {
      hostNetwork: true,
      securityContext: { runAsUser: 1000 },
      containers: [
        {
          name: 'a',
          image: 'registry:5000/team/app:1.2',
          securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } },
        },
        { name: 'b', image: 'nginx', ports: [{ hostPort: 80 }], securityContext: { runAsUser: 0 } },
      ],
      volumes: [
        { name: 'v', hostPath: { path: '/proc' } },
        { name: 't', emptyDir: {} },
      ],
    },
  },
}

const rows: [condition: string, holds: boolean][] = [
  ['ka.verb = create and ka.target.resource = pods', true],
  ['ka.target.namespace in (kube-system, kube-public)', false],
  ['ka.user.name startswith mal', true],
  ['ka.user.groups intersects (dev, ops)', true],
  ['ka.user.groups in (dev, ops)', false],
  ['ka.response.code startswith 2', true],
  ['ka.response.code = 201', true],
  ['ka.auth.decision = allow', true],
  ['ka.req.pod.host_network intersects (true)', true],
  ['ka.req.pod.host_pid intersects (true)', false],
  ['ka.req.pod.containers.privileged intersects (true)', true],
  ['ka.req.pod.containers.image.repository intersects (registry:5000/team/app)', true],
  ['ka.req.pod.containers.image[1] = nginx', true],
  ['ka.req.pod.containers.eff_run_as_user[0] = 1000', true],
  ['ka.req.pod.containers.eff_run_as_user[1] = 0', true],
  ['ka.req.pod.containers.add_capabilities intersects (SYS_ADMIN)', true],
  ['ka.req.pod.containers.host_port intersects (80)', true],
  ['ka.req.pod.volumes.hostpath intersects (/proc)', true],
  ['ka.req.pod.volumes.volume_type intersects (hostPath)', true],
  ['ka.uri.param[dryRun] = All', true],
  ['ka.uri.param[watch] exists', false],
  ['jevt.value[/user/groups/1] = dev', true],
  ['jevt.value[/annotations/authorization.k8s.io~1decision] = allow', true],
  ['jevt.value[/no/such] = x', false],
  ['jevt.value[/__proto__] exists', false],
  ['jevt.time.iso8601 startswith 2026-03-01', true],
  ['ka.target.pod.name = web', true],
  ['ka.impuser.name exists', false],
]
for (const [condition, holds] of rows)
  test(`${condition} is ${holds}`, () =>
    assert.equal(compileCondition(condition, 'k8s_audit', auditFields).matches(createPod), holds))

test('rules of the source k8s_audit judge events of a JSON line', () => {
  const { rules, errors } = loadRules(`
- rule: Privileged pod
  desc: d
  condition: ka.verb = create and ka.target.resource = pods and ka.req.pod.containers.privileged intersects (true)
  output: pod %ka.target.name by %ka.user.name
  priority: WARNING
  source: k8s_audit
`)
  assert.deepEqual(errors, [])
  const engine = createEngine(rules, { source: 'k8s_audit', fields: auditFields })
  const [event] = auditEvents(JSON.stringify({ kind: 'EventList', items: [createPod] })) ?? []
  assert.deepEqual(
    engine.judge(auditType, event).map(({ name }) => name),
    ['Privileged pod'],
  )
})

test('lines that are no events are refused, odd events match nothing', () => {
  for (const line of ['', '[]', '3', 'null', '{']) assert.equal(auditEvents(line), undefined)
  const condition = compileCondition('ka.req.pod.containers.privileged intersects (true)', 'k8s_audit', auditFields)
  for (const event of [{}, { requestObject: null }, { requestObject: { spec: { containers: [null, 3, 'x'] } } }])
    assert.equal(condition.matches(event as never), false)
})

test('a repository is the image without tag and digest', () => {
  assert.equal(repositoryOf('registry:5000/a/b:1@sha256:00'), 'registry:5000/a/b')
  assert.equal(repositoryOf('registry:5000/a'), 'registry:5000/a')
  assert.equal(repositoryOf('nginx'), 'nginx')
})

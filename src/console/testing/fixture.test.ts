import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { z } from 'zod'
import { action } from '../../server/schemas/actions.ts'
import { auditRow } from '../../server/schemas/audit.ts'
import { container } from '../../server/schemas/containers.ts'
import { decision, decisionDetail } from '../../server/schemas/decisions.ts'
import { drill, scenario } from '../../server/schemas/drills.ts'
import { event } from '../../server/schemas/events.ts'
import { evidence, evidenceDetail } from '../../server/schemas/evidence.ts'
import { health, today } from '../../server/schemas/health.ts'
import { host } from '../../server/schemas/hosts.ts'
import { image, imageDetail, imageDiff, imagePackage } from '../../server/schemas/images.ts'
import { alert, assignees, incident, incidentDetail } from '../../server/schemas/incidents.ts'
import { job } from '../../server/schemas/jobs.ts'
import { logLine } from '../../server/schemas/logs.ts'
import { output, outputKinds } from '../../server/schemas/outputs.ts'
import { report, schedule } from '../../server/schemas/reports.ts'
import { rule } from '../../server/schemas/rules.ts'
import { settings } from '../../server/schemas/settings.ts'
import { token, user } from '../../server/schemas/users.ts'
import { finding, vulnerability, vulnerabilityDetail } from '../../server/schemas/vulnerabilities.ts'
import { fixtureData, pageFrom } from './fixture-api.ts'

const rows: Record<string, z.ZodType> = {
  incidents: incident,
  alerts: alert,
  containers: container,
  hosts: host,
  images: image,
  packages: imagePackage,
  vulnerabilities: vulnerability,
  findings: finding,
  decisions: decision,
  evidence,
  rules: rule,
  actions: action,
  drills: drill,
  reports: report,
  outputs: output,
  users: user,
  tokens: token,
  audit: auditRow,
  jobs: job,
  logs: logLine,
  events: event,
}

test('made-up data has the form that the API promises', () => {
  const data = fixtureData({})
  assert.deepEqual(Object.keys(data.lists).sort(), Object.keys(rows).sort())
  for (const [room, schema] of Object.entries(rows))
    for (const row of data.lists[room]!.slice(0, 500)) schema.parse(row)
  const single: Record<string, z.ZodType> = {
    health,
    today,
    settings,
    'outputs/kinds': outputKinds,
    'drills/scenarios': scenario.array(),
    'reports/schedules': schedule.array(),
    'incidents/assignees': assignees,
  }
  for (const [path, schema] of Object.entries(single)) schema.parse(data.single[path])
  incidentDetail.parse(data.one('incidents', 'i1'))
  evidenceDetail.parse(data.one('evidence', 'e1'))
  decisionDetail.parse(data.one('decisions', data.lists['decisions']![0]!['id'] as string))
  vulnerabilityDetail.parse(data.one('vulnerabilities', 'CVE-2026-10000'))
  const { id } = data.lists['images']![1] as { id: string }
  imageDetail.parse(data.one('images', id))
  imageDiff.parse(data.diff(id))
})

test('pages are filtered, sorted and followed by their cursor', () => {
  const list = fixtureData({}).lists['vulnerabilities']!
  const first = pageFrom(list, new URLSearchParams('severity=CRITICAL&limit=30'))
  assert.deepEqual([first.items.length, first.total, first.next], [30, 40, '30'])
  const second = pageFrom(list, new URLSearchParams(`severity=CRITICAL&limit=30&cursor=${first.next}`))
  assert.deepEqual([second.items.length, second.next], [10, undefined])
  assert.equal(
    (pageFrom(list, new URLSearchParams('sort=-id&limit=1')).items[0] as { id: string }).id,
    'CVE-2026-19999',
  )
})

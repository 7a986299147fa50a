import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { reportWriters } from './index.ts'
import type { SecurityReport } from './model.ts'
import { duration } from './sections.ts'

const levels = (CRITICAL: number, HIGH: number) => ({ CRITICAL, HIGH, MEDIUM: 3, LOW: 4, UNKNOWN: 0 })
const hostile = '=HYPERLINK("http://x")<script>alert(1)</script>\u202e\u0007'

function sample(over: Partial<SecurityReport> = {}): SecurityReport {
  return {
    language: 'ko',
    version: '0.1.0',
    createdAt: '2026-03-08T00:00:00.000Z',
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-03-08T00:00:00.000Z',
    hosts: [{ name: 'web-1', sensor: 'running', coverage: 99.98, containers: 12 }],
    counts: { containers: 12, images: 5, scanned: 4, incomplete: 1 },
    advisories: { builtAt: '2026-03-07T00:00:00.000Z', starter: false },
    incidents: { opened: 3, closed: 2, open: 1 },
    detectSeconds: 0.004,
    respondSeconds: 95,
    fixSeconds: 3 * 86_400,
    now: levels(2, 7),
    before: levels(5, 6),
    found: 4,
    fixed: 6,
    trend: Array.from({ length: 7 }, (_, at) => ({
      day: `2026-03-0${at + 1}`,
      alerts: at * 3,
      incidents: at % 2,
      findings: at,
    })),
    risks: [{ title: 'CVE-2026-0001 openssl', why: '악용 확인(KEV), 실행 중 적재', severity: 'CRITICAL', images: 3 }],
    fixes: [{ title: 'openssl 3.0.1 → 3.0.9', image: 'shop/web:1.4', removes: 12 }],
    worst: [
      {
        rule: 'Reverse shell',
        container: hostile,
        priority: 'Critical',
        first: '2026-03-03T01:02:03Z',
        count: 4,
        state: 'open',
        response: 'isolate',
      },
    ],
    decisions: [{ what: 'CVE-2025-9999', status: 'accepted', owner: '김보안', expires: '2026-03-20T00:00:00Z' }],
    drill: { at: '2026-03-05T00:00:00Z', detected: 25, total: 25 },
    blind: ['db-1: 센서가 실행되지 않음'],
    ...over,
  }
}

async function written(format: string, report = sample()): Promise<Buffer> {
  return Buffer.from(await reportWriters.find(writer => writer.format === format)!.write(report))
}

test('states are told in the reader’s words', async () => {
  const [korean, english] = [await written('csv'), await written('csv', sample({ language: 'en' }))].map(String)
  for (const word of ['열림', '격리', '위험 수용', '실행 중']) assert.ok(korean!.includes(word), word)
  for (const word of ['accepted', 'isolated', 'running']) assert.ok(english!.includes(word), word)
})

test('html escapes what others wrote, and loads nothing', async () => {
  const text = (await written('html')).toString('utf8')
  assert.ok(!text.includes('<script') && !text.includes('\u202e') && !/(src|href)=/.test(text))
  assert.ok(text.includes('&lt;script&gt;') && text.includes('lang="ko"') && text.includes('미해결 인시던트'))
  assert.ok(text.includes('99.98 %') && text.includes('-3'))
})

test('csv computes nothing, and spreadsheets read its Korean', async () => {
  const text = (await written('csv')).toString('utf8')
  assert.equal(text.charCodeAt(0), 0xfeff)
  assert.ok(text.includes(`"'=HYPERLINK(""http://x"")`))
  assert.ok(text.includes('심각,5,2,-3'))
})

test('pdf holds both weights of a font that has Korean', async () => {
  const bytes = await written('pdf')
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
  const names = [...bytes.toString('latin1').matchAll(/\/FontName \/[A-Z]+\+([\w-]+)/g)].map(([, name]) => name)
  assert.deepEqual([...new Set(names)].sort(), ['Pretendard-Regular', 'Pretendard-SemiBold'])
  const streams = [...bytes.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, body]) => {
    try {
      return [inflateSync(Buffer.from(body!, 'latin1')).toString('latin1')]
    } catch {
      return []
    }
  })
  // The fonts' maps to Unicode have Hangul: text can be searched and copied.
  assert.ok(streams.some(text => text.includes('begincmap') && /<[bcd][0-9a-f]{3}>/.test(text)))
})

test('a report of a machine without anything says so in each part', async () => {
  const empty = sample({
    language: 'en',
    hosts: [],
    risks: [],
    fixes: [],
    worst: [],
    decisions: [],
    trend: [],
    blind: [],
    advisories: { starter: true },
  })
  delete empty.drill
  delete empty.detectSeconds
  for (const { format } of reportWriters) assert.ok((await written(format, empty)).length > 500)
  const text = (await written('html', empty)).toString('utf8')
  assert.ok(
    text.includes('nothing to measure') && text.includes('No drill was run') && text.includes('starter advisories'),
  )
})

test('durations are of the size that people say', () => {
  assert.equal(duration(0.004, 'en'), '4 ms')
  assert.equal(duration(95, 'en'), '1.6 min')
  assert.equal(duration(3 * 86_400, 'ko'), '3일')
})

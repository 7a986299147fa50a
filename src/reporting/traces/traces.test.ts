import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openTraces } from './traces.ts'

interface Sent {
  resourceSpans: {
    scopeSpans: {
      spans: {
        name: string
        parentSpanId?: string
        spanId: string
        startTimeUnixNano: string
        endTimeUnixNano: string
        status: { code?: number }
      }[]
    }[]
  }[]
}

test('a collector gets the work, its parts below it, with their times', async t => {
  const got: { url: string; body: Sent }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', chunk => {
      text += chunk
    })
    request.on('end', () => {
      got.push({ url: request.url ?? '', body: JSON.parse(text) as Sent })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const traces = openTraces({ endpoint, version: '1', delay: 10 })
  const part = { name: 'queue', start: 1000, end: 2000, attributes: {} }
  traces.record({
    name: 'scan_image',
    start: 1000,
    end: 5000,
    attributes: { image: 'a' },
    error: 'boom',
    parts: [part],
  })
  await traces.close()
  assert.equal(got[0]!.url, '/v1/traces')
  const spans = got.flatMap(({ body }) =>
    body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(each => each.spans)),
  )
  const [whole, queue] = ['scan_image', 'queue'].map(name => spans.find(span => span.name === name)!)
  assert.equal(queue!.parentSpanId, whole!.spanId)
  assert.deepEqual(
    [whole!.startTimeUnixNano, whole!.endTimeUnixNano, whole!.status.code],
    ['1000000000', '5000000000', 2],
  )
})

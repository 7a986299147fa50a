import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../base/errors.ts'
import { createGuard } from './guard.ts'
import { sendHttp } from './http.ts'
import { type Answer, certificate, receive } from './receiver.test-helper.ts'

const guard = createGuard()
const codeIs = (code: string) => (error: unknown) => error instanceof JennerError && error.code === code

const answers: [name: string, answer: Answer, code: string | undefined][] = [
  ['200', { status: 200 }, undefined],
  ['204', { status: 204 }, undefined],
  ['400', { status: 400, body: 'no' }, 'delivery_refused'],
  ['404', { status: 404 }, 'delivery_refused'],
  ['413', { status: 413 }, 'delivery_refused'],
  ['401, which is mended', { status: 401 }, 'delivery_failed'],
  ['403, which is mended', { status: 403 }, 'delivery_failed'],
  ['408', { status: 408 }, 'delivery_failed'],
  ['429', { status: 429 }, 'delivery_failed'],
  ['500', { status: 500 }, 'delivery_failed'],
  ['503', { status: 503 }, 'delivery_failed'],
  ['a connection that breaks', out => out.destroy(), 'delivery_failed'],
  [
    'an answer that breaks off',
    out => void out.writeHead(200, { 'content-length': '9' }).write('x', () => out.destroy()),
    'delivery_failed',
  ],
  ['no answer', () => {}, 'delivery_failed'],
  ['an answer that trickles', out => void setInterval(() => out.write('x'), 20).unref(), 'delivery_failed'],
]
for (const [name, answer, code] of answers) {
  test(`http: ${name}: ${code ?? 'delivered'}`, async t => {
    const { url, got } = await receive(t, answer)
    const sent = sendHttp(guard, { url, body: 'x', patience: 400 })
    if (code === undefined) await sent
    else await assert.rejects(sent, codeIs(code))
    assert.equal(got.length, 1)
  })
}

test('an answer without end is read to a limit, and its status counts', async t => {
  const { url } = await receive(t, out => {
    out.writeHead(200)
    const more = (): void => {
      while (!out.destroyed && out.write('x'.repeat(65_536)));
      if (!out.destroyed) out.once('drain', more)
    }
    more()
  })
  const { status, body } = await sendHttp(guard, { url, body: 'x' })
  assert.equal(status, 200)
  assert.ok(body.length < 2 << 20)
})

test('no redirect is followed: credentials go nowhere else', async t => {
  const other = await receive(t)
  const { url } = await receive(t, { status: 307, headers: { location: other.url } })
  await assert.rejects(
    sendHttp(guard, { url, body: 'x', headers: { authorization: 'Bearer s3cret' } }),
    codeIs('delivery_refused'),
  )
  assert.equal(other.got.length, 0)
})

test('what the receiver says is escaped, and what we hold is not told', async t => {
  const { url } = await receive(t, { status: 400, body: '\u001b[2Jno\n' })
  await assert.rejects(sendHttp(guard, { url, body: 'x' }), ({ message }: Error) => !/[\u0000-\u001f]/.test(message))
  const headers = { authorization: 'Bearer s3cret\r\nx: y' }
  await assert.rejects(
    sendHttp(guard, { url, body: 'x', headers }),
    (error: Error) => codeIs('delivery_refused')(error) && !error.message.includes('s3cret'),
  )
})

test('TLS: the authority that was given is believed, no other, and only for its name', async t => {
  const own = certificate()
  const other = certificate()
  const wrongName = certificate('DNS:elsewhere.test')
  if (!own || !other || !wrongName) return t.skip('needs openssl')
  const { url, got } = await receive(t, { status: 200 }, own)
  await sendHttp(guard, { url, body: 'x', ca: own.cert })
  await assert.rejects(sendHttp(guard, { url, body: 'x' }), codeIs('delivery_failed'))
  await assert.rejects(sendHttp(guard, { url, body: 'x', ca: other.cert }), codeIs('delivery_failed'))
  const named = await receive(t, { status: 200 }, wrongName)
  await assert.rejects(sendHttp(guard, { url: named.url, body: 'x', ca: wrongName.cert }), codeIs('delivery_failed'))
  assert.deepEqual([got.length, named.got.length], [1, 0])
})

const forbidden = [
  '169.254.169.254',
  '[::ffff:169.254.169.254]',
  '2852039166',
  '0xa9.0xfe.0xa9.0xfe',
  '[fe80::1]',
  '0.0.0.0',
  '100.100.100.200',
]
for (const host of forbidden)
  test(`never asked: ${host}`, () =>
    assert.rejects(sendHttp(guard, { url: `http://${host}/latest`, body: 'x' }), codeIs('delivery_refused')))

test('a name is resolved once: what was checked is what is connected to', async t => {
  const { port, got } = await receive(t)
  let asked = 0
  const pinned = createGuard(async () => [asked++ === 0 ? '127.0.0.1' : '169.254.169.254'])
  await sendHttp(pinned, { url: `http://rebinding.test:${port}/`, body: 'x' })
  assert.deepEqual([asked, got.length, got[0]!.headers.host], [1, 1, `rebinding.test:${port}`])
})

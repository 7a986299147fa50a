import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { createServer as createTls } from 'node:tls'
import { JennerError } from '../../../base/errors.ts'
import { certificate, hostileNotice, tools } from '../receiver.test-helper.ts'
import { datagramOf, syslog, syslogLine } from './syslog.ts'

const failed = (error: unknown): boolean => error instanceof JennerError && error.code === 'delivery_failed'

/** RFC 5424, 6: header and structured data; what follows is the message. */
const grammar =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) ([\x21-\x7e]{1,255}) jenner - ([\x21-\x7e]{1,32}) (-|\[jenner@32473(?: [a-z]+="(?:[^"\\\]]|\\["\\\]])*")+\]) (.*)$/su

test('text: the grammar of RFC 5424 holds whatever others wrote', () => {
  const line = syslogLine(hostileNotice(), 'text', tools)
  const [, priority, time, host, kind, data, message] = grammar.exec(line)!
  assert.deepEqual([priority, time, host, kind], ['130', '2026-01-02T03:04:05.678Z', 'server', 'incident'])
  assert.ok(data!.includes('container="shop_web\\"\\]"'))
  assert.ok(message!.startsWith('\ufeffDrift'))
  assert.doesNotMatch(line, /[\u0000-\u001f\u007f]/)
})

test('json: one object on one line', () => {
  const { title, text } = JSON.parse(grammar.exec(syslogLine(hostileNotice(), 'json', tools))![6]!)
  assert.deepEqual([title, text], [hostileNotice().title, hostileNotice().text])
  assert.doesNotMatch(syslogLine(hostileNotice(), 'json', tools), /[\r\n\u0000]/)
})

test('cef: pipes and equals of others divide nothing', () => {
  const line = syslogLine(hostileNotice(), 'cef', tools)
  assert.doesNotMatch(line, /[\u0000-\u001f\u007f]/)
  const cef = grammar.exec(line)![6]!
  const parts = cef.split(/(?<!\\)(?:\\\\)*\|/)
  assert.deepEqual(parts.slice(0, 4), ['CEF:0', 'Jenner', 'jenner', '1.2.3'])
  assert.equal(parts[4], 'Program\\|that is=not of the image')
  assert.equal(parts[6], '8')
  const keys = [...cef.matchAll(/(?:^|[ |])(\w+)(?<!\\)=/g)].map(([, key]) => key)
  assert.deepEqual(keys.slice(-8), ['rt', 'dvchost', 'msg', 'cs1Label', 'cs1', 'cs2Label', 'cs2', 'request'])
})

test('a datagram is cut between characters', () => {
  const bytes = datagramOf(`<1>${'한'.repeat(4000)}`)
  assert.ok(bytes.length <= 8192 && bytes.length > 8188)
  assert.doesNotMatch(bytes.toString('utf8'), /\ufffd/)
})

async function listen(t: TestContext, server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

/** Reads frames of RFC 6587, 3.4.1, and nothing else. */
function frames(bytes: Buffer): string[] {
  const found: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(' ', at)
    const length = bytes.toString('latin1', at, blank)
    assert.match(length, /^[1-9]\d*$/)
    found.push(bytes.toString('utf8', blank + 1, blank + 1 + Number(length)))
    at = blank + 1 + Number(length)
  }
  return found
}

for (const protocol of ['tcp', 'tls'] as const) {
  test(`${protocol}: frames by octet counting; a receiver that hangs up is tried again`, async t => {
    const own = certificate()
    if (!own) return t.skip('needs openssl')
    const chunks: Buffer[] = []
    let rude = false
    const take = (socket: Socket): void => {
      socket.on('error', () => {})
      if (rude) return void socket.resetAndDestroy()
      socket.on('data', chunk => chunks.push(chunk))
    }
    const port = await listen(t, protocol === 'tls' ? createTls(own, take) : createServer(take))
    const config = { host: '127.0.0.1', port, protocol, format: 'text', ...(protocol === 'tls' && { ca: own.cert }) }
    const notices = [hostileNotice(), hostileNotice({ id: '2' })]
    await syslog.open(config, tools).send(notices)
    assert.deepEqual(
      frames(Buffer.concat(chunks)),
      notices.map(notice => syslogLine(notice, 'text', tools)),
    )
    // What TLS makes of a reset depends on the moment; plain TCP tells.
    rude = protocol === 'tcp'
    if (rude) await assert.rejects(syslog.open(config, tools).send(notices), failed)
    if (protocol === 'tls') {
      const { ca, ...without } = config as typeof config & { ca: string }
      await assert.rejects(syslog.open(without, tools).send(notices), failed)
    }
  })
}

test('tls: a certificate of another name is refused', async t => {
  const other = certificate('DNS:elsewhere.test')
  if (!other) return t.skip('needs openssl')
  const port = await listen(
    t,
    createTls(other, socket => void socket.on('error', () => {})),
  )
  const config = { host: '127.0.0.1', port, protocol: 'tls', format: 'text', ca: other.cert }
  await assert.rejects(syslog.open(config, tools).send([hostileNotice()]), failed)
})

test('udp: a datagram a message', async t => {
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  const got = new Promise<string>(resolve => socket.once('message', bytes => resolve(bytes.toString())))
  await syslog
    .open({ host: '127.0.0.1', port: socket.address().port, protocol: 'udp', format: 'cef' }, tools)
    .send([hostileNotice()])
  assert.equal(await got, syslogLine(hostileNotice(), 'cef', tools))
})

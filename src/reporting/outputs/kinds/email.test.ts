import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { PartlyDelivered } from '../model.ts'
import { hostileNotice, tools } from '../receiver.test-helper.ts'
import { email, mailOf } from './email.ts'

/** A mail server that knows its lines (RFC 5321); `say` replaces an answer to a verb, or to a whole line. */
async function mailServer(t: TestContext, say: Record<string, string> = {}) {
  const mails: string[] = []
  const commands: string[] = []
  const server = createServer(socket => {
    const answer = (verb: string, usual: string): void => void socket.write(`${say[verb] ?? usual}\r\n`)
    let data: string[] | undefined
    socket.on('error', () => {})
    answer('hello', '220 mail.test')
    createInterface({ input: socket }).on('line', line => {
      if (data !== undefined) {
        if (line !== '.') return void data.push(line.replace(/^\./, ''))
        mails.push(data.join('\n'))
        data = undefined
        return answer('end', '250 ok')
      }
      const [verb] = line.toUpperCase().split(/[ :]/) as [string]
      commands.push(line)
      if (verb === 'DATA' && say.DATA === undefined) data = []
      answer(
        say[line] === undefined ? verb : line,
        { EHLO: '250-mail.test\r\n250 AUTH PLAIN', DATA: '354 go on', QUIT: '221 bye', AUTH: '235 ok' }[verb] ??
          '250 ok',
      )
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const config = {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    tls: 'none',
    from: 'jenner@a.test',
    to: 'ops@a.test',
  }
  return { mails, commands, config }
}

const is = (code: string) => (error: unknown) => error instanceof JennerError && error.code === code

test('one mail for many notices; titles of others make no header, a lone dot ends nothing', async t => {
  const { mails, commands, config } = await mailServer(t)
  const notices = [hostileNotice({ priority: 'Notice', title: 'small' }), hostileNotice({ text: 'a\n.\nQUIT\nb' })]
  await email.open(config, tools).send(notices)
  assert.equal(mails.length, 1)
  const [head, body] = mails[0]!.split('\n\n', 2) as [string, string]
  const names = head
    .split('\n')
    .filter(line => !/^\s/.test(line))
    .map(line => line.split(':')[0])
  assert.ok(!names.includes('Bcc'), head)
  assert.match(head, /^Subject: .*Critical/m)
  assert.ok(body !== undefined)
  assert.deepEqual(
    commands.filter(line => /^RCPT/i.test(line)),
    ['RCPT TO:<ops@a.test>'],
  )
})

test('the subject is the worst, on one line', () => {
  const { subject } = mailOf([hostileNotice({ priority: 'Notice', title: 'small' }), hostileNotice()])
  assert.match(subject, /^\[Jenner\] Critical: Drift/)
  assert.match(subject, /\(\+1\)$/)
  assert.doesNotMatch(subject, /[\u0000-\u001f]/)
})

test('recipients that are refused are told, and the mail goes again to these alone', async t => {
  const say: Record<string, string> = {
    'RCPT TO:<old@a.test>': '550 no such user',
    'RCPT TO:<full@a.test>': '452 no space',
  }
  const { mails, commands, config } = await mailServer(t, say)
  const delivery = email.open({ ...config, to: 'ops@a.test, old@a.test, full@a.test' }, tools)
  const partly = (code: string, left: string[]) => (error: unknown) => {
    assert.ok(error instanceof PartlyDelivered)
    assert.deepEqual([error.code, error.left], [code, left])
    for (const recipient of left) assert.ok(error.message.includes(recipient), error.message)
    return true
  }
  await assert.rejects(delivery.send([hostileNotice()]), partly('delivery_failed', ['old@a.test', 'full@a.test']))
  assert.equal(mails.length, 1)
  commands.length = 0
  say['RCPT TO:<full@a.test>'] = '250 ok'
  const again = hostileNotice({ only: ['old@a.test', 'full@a.test'] })
  await assert.rejects(delivery.send([again]), partly('delivery_refused', ['old@a.test']))
  assert.ok(!commands.includes('RCPT TO:<ops@a.test>'), commands.join())
  assert.equal(mails.length, 2)
})

const answers: [name: string, say: Record<string, string>, code: string][] = [
  ['a greylist', { RCPT: '450 later' }, 'delivery_failed'],
  ['an unknown mailbox', { RCPT: '550 no such user' }, 'delivery_refused'],
  ['a mail that is too large', { DATA: '552 too much' }, 'delivery_refused'],
  ['a server that is busy', { hello: '421 busy' }, 'delivery_failed'],
  ['a full disk', { end: '452 no space' }, 'delivery_failed'],
  ['a wrong password', { AUTH: '535 no' }, 'delivery_failed'],
]
for (const [name, say, code] of answers)
  test(`${name} is ${code}`, async t => {
    const { config, mails } = await mailServer(t, say)
    await assert.rejects(
      email.open({ ...config, user: 'ops', password: 's3cret' }, tools).send([hostileNotice()]),
      (error: unknown) => {
        assert.ok(!(error as Error).message.includes('s3cret'))
        return is(code)(error)
      },
    )
    assert.equal(mails.length, say.end === undefined ? 0 : 1)
  })

test('no password goes to a server that offers no encryption where it was asked for', async t => {
  const { config, commands } = await mailServer(t)
  const secured = { ...config, tls: 'starttls', user: 'ops', password: 's3cret' }
  await assert.rejects(email.open(secured, tools).send([hostileNotice()]), JennerError)
  assert.ok(!commands.some(line => /^(AUTH|MAIL)/i.test(line)), commands.join(', '))
})

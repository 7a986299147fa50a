import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { checkConfig } from '../config.ts'
import { certificate, hostileNotice, receive, tools } from '../receiver.test-helper.ts'
import { webhook } from './webhook.ts'

const is = (code: string) => (error: unknown) => error instanceof JennerError && error.code === code

test('the notice as JSON, signed, its bytes left out', async t => {
  const { url, got } = await receive(t)
  const notice = hostileNotice({ attachment: { name: 'a.pdf', type: 'application/pdf', content: Buffer.from('x') } })
  await webhook.open({ url: `${url}/in?a=b`, authorization: 'Bearer t', signingKey: 'k' }, tools).send([notice])
  const [{ method, path, headers, body }] = got as [(typeof got)[0]]
  assert.deepEqual([method, path, headers.authorization], ['POST', '/in?a=b', 'Bearer t'])
  assert.deepEqual(
    [headers['content-type'], headers['user-agent'], headers['x-jenner-id']],
    ['application/json', 'jenner/1.2.3', notice.id],
  )
  assert.equal(headers['x-jenner-signature'], `sha256=${createHmac('sha256', 'k').update(body).digest('hex')}`)
  assert.deepEqual(JSON.parse(body), { ...notice, attachment: { name: 'a.pdf' } })
})

test('a template makes the body; an id with line breaks makes no header', async t => {
  const { url, got } = await receive(t)
  const template = '{"t": {{json .title}}, "p": {{json (index .fields "proc.name")}}}'
  await webhook.open({ url, template }, tools).send([hostileNotice({ id: 'a\r\nx-evil: 1' })])
  assert.equal(JSON.parse(got[0]!.body).p, 'sh')
  assert.equal(got[0]!.headers['x-evil'], undefined)
})

const tooMuch: Record<string, string> = {
  'doubles a text': `{{$a := .text}}${'{{$a = print $a $a}}'.repeat(60)}{{$a}}`,
  'replaces in itself': `{{$a := .text}}${'{{$a = replace "e" $a $a}}'.repeat(30)}{{$a}}`,
  'joins with itself': `{{$a := .text}}${'{{$a = join (split $a "e") $a}}'.repeat(30)}{{$a}}`,
  'prints a lot': `${'{{range split .text ""}}'.repeat(6)}{{$.text}}${'{{end}}'.repeat(6)}`,
  'turns and turns': '{{range split .text ""}}'.repeat(8) + '{{end}}'.repeat(8),
}
for (const [name, template] of Object.entries(tooMuch))
  test(`a template that ${name} is cut off, and the notice refused`, async t => {
    const { url, got } = await receive(t)
    const before = process.memoryUsage().rss
    await assert.rejects(webhook.open({ url, template }, tools).send([hostileNotice()]), is('delivery_refused'))
    assert.equal(got.length, 0)
    assert.ok(process.memoryUsage().rss - before < 400e6)
  })

test('settings that cannot be are refused when they are given', () => {
  const check = (given: object) => webhook.open(checkConfig(webhook.fields, { url: 'http://a.test', ...given }), tools)
  assert.throws(() => check({ template: '{{if' }), is('bad_argument'))
  assert.throws(() => check({ url: 'http://user:pw@a.test' }), is('bad_argument'))
  assert.throws(() => check({ url: 'file:///etc/passwd' }), is('bad_argument'))
  assert.throws(() => check({ authorization: 'Bearer x\r\ny: z' }), is('bad_argument'))
  assert.throws(() => check({ contentType: 'a\nb' }), is('bad_argument'))
  assert.throws(() => check({ metod: 'GET' }), is('bad_argument'))
})

test('an authority of the receiver is believed', async t => {
  const own = certificate()
  if (!own) return t.skip('needs openssl')
  const { url, got } = await receive(t, { status: 200 }, own)
  await assert.rejects(webhook.open({ url }, tools).send([hostileNotice()]), is('delivery_failed'))
  await webhook.open({ url, ca: own.cert }, tools).send([hostileNotice()])
  assert.equal(got.length, 1)
})

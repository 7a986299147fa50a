import { equal, match } from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../testing.ts'

const good = `playbooks:
  - name: cut off
    when: { severity: critical }
    steps: [evidence, isolate]
`

test('playbooks that no agent could read are refused where they are written, and bombs too', async () => {
  const server = await startTestServer()
  const patch = (playbooks: string) => server.local('PATCH', '/settings', { playbooks })
  for (const text of [good, '', ' \n']) equal((await patch(text)).status, 200, text)
  const aliases = [...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`)}]`)
  const bad: [text: string, detail: RegExp][] = [
    ['title: t', /playbooks:1:1: unknown key title/],
    ['playbooks: [{ name: x, steps: [explode] }]', /playbooks:1:/],
    ['playbooks: [', /playbooks:/],
    ['- '.repeat(40_000), /playbooks/],
    ['['.repeat(90_000), /playbooks/],
    [`a: &a [x]\n${aliases.join('\n')}`, /playbooks/],
  ]
  for (const [text, detail] of bad) {
    const { status, text: answer } = await patch(text)
    equal(status, 400, text.slice(0, 50))
    match(answer, detail)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaxesParser } from 'saxes'
import type { Report } from '../../base/model/report.ts'
import { allContent } from './content.ts'
import { contentReport, hostileContentReport } from './content-examples.ts'
import { findFormat, formats } from './index.ts'
import { readReport } from './read.ts'
import { validator } from './schemas.test-helper.ts'

async function render(id: string, report: Report, language: 'en' | 'ko' = 'en'): Promise<string> {
  const renderer = await findFormat(id)!.load()
  const template = '{{range .Results}}{{.Target}} {{range .Secrets}}{{.RuleID}}{{end}}{{end}}{{json .}}'
  return [
    ...renderer(report, { language, terminal: { colors: false }, version: '1', template, showSuppressed: true }),
  ].join('')
}

for (const { id } of formats) {
  for (const [name, make] of Object.entries({ contentReport, hostileContentReport })) {
    test(`${id}: ${name} leaves no control, bidi or zero-width character`, async () => {
      for (const language of ['en', 'ko'] as const) {
        const text = await render(id, make(), language)
        assert.doesNotMatch(
          text,
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
        )
        assert.ok(text.isWellFormed())
      }
    })
  }
}

for (const [id, schema] of [
  ['sarif', 'sarif-2.1.0.schema.json'],
  ['cyclonedx', 'bom-1.6.schema.json'],
  ['spdx-json', 'spdx-2.3.schema.json'],
] as const) {
  for (const make of [contentReport, hostileContentReport])
    test(`${id}: ${make.name} is valid against the published schema`, async () => {
      const validate = validator(schema)
      assert.ok(validate(JSON.parse(await render(id, make()))), JSON.stringify(validate.errors?.slice(0, 3)))
    })
}

const says: [format: string, parts: string[]][] = [
  [
    'table',
    [
      '/app/.env (secrets)',
      'CRITICAL: AWS access key (aws-access-key-id)',
      '/app/.env:3 (added by layer sha256:111111111111; deleted or replaced in a later layer (sha256:333333333333)',
      'What to do: Change it: deleting a file in a later layer',
      '/var/www/x.php (malware)',
      'jenner, Jenner, Apache-2.0',
      'MAL-2024-1',
      'restricted (denied by policy)',
      'GPL-3.0-or-later',
    ],
  ],
  [
    'sarif',
    ['"ruleId": "aws-access-key-id"', '"ruleId": "web_shell_php"', '"ruleId": "license:GPL-3.0-or-later"', 'app/.env'],
  ],
  ['html', ['/app/.env:3', 'web_shell_php', 'GPL-3.0-or-later', 'T1505/003']],
  ['junit', ['[CRITICAL] aws-access-key-id', '[HIGH] web_shell_php', '[CRITICAL] GPL-3.0-or-later']],
  ['gitlab', ['MAL-2024-1', 'web_shell_php', 'secrets and licenses: 3']],
  ['cyclonedx', ['MAL-2024-1']],
  ['template', ['/app/.env aws-access-key-id']],
]
for (const [format, parts] of says)
  test(`${format} tells of secrets, malware and licences`, async () => {
    const text = await render(format, contentReport())
    for (const part of parts) assert.ok(text.includes(part), `${part}\n${text}`)
  })

test('junit is XML whatever the names are, and counts every case', async () => {
  for (const make of [contentReport, hostileContentReport]) {
    const parser = new SaxesParser()
    let cases = 0
    parser.on('error', error => assert.fail(error))
    parser.on('opentag', ({ name }) => {
      if (name === 'failure') cases++
    })
    const text = await render('junit', make())
    parser.write(text).close()
    assert.equal(Number(/failures="(\d+)"/.exec(text)![1]), cases)
  }
})

test('a saved report reads back as it was', async () => {
  const report = contentReport()
  const read = readReport(await render('json', report))
  assert.deepEqual(JSON.parse(JSON.stringify(allContent(read))), JSON.parse(JSON.stringify(allContent(report))))
})

test('a foreign report with anything in the place of findings is read', () => {
  const odd = {
    SchemaVersion: 2,
    Results: [{ Target: 1, Secrets: [1, null, { Severity: 'x' }], Malware: [[]], Licenses: 'x' }],
  }
  const [result] = readReport(JSON.stringify(odd)).Results
  assert.deepEqual([result!.Secrets!.length, result!.Malware!.length, result!.Licenses], [3, 1, undefined])
})

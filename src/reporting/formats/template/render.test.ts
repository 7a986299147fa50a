import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import { exampleReport, hostileReport } from '../examples.ts'
import { renderTemplate, renderValue } from './render.ts'

function render(template: string, report = exampleReport()): string {
  const options = {
    language: 'en' as const,
    terminal: { colors: false },
    version: '1.0.0',
    template,
    env: { AWS_REGION: 'eu-west-1', HOME: '/root', CI_JOB_TOKEN: 'x' },
  }
  const text = [...renderTemplate(report, options)].join('')
  return template.endsWith('\n') ? text : text.slice(0, -1)
}

const cases: [template: string, text: string][] = [
  ['{{.ArtifactName}}', 'registry.example/app:1.2'],
  ['{{ .Metadata.OS.Family }} {{ .Nothing.At.All }}', 'debian <no value>'],
  ['{{len .Results}}', '3'],
  ['{{range .Results}}{{.Type}},{{end}}', 'debian,npm,gomod,'],
  ['{{range .}}{{.Type}},{{end}}', 'debian,npm,gomod,'],
  ['{{range $i, $r := .Results}}{{$i}}={{$r.Type}} {{end}}', '0=debian 1=npm 2=gomod '],
  ['{{range .Missing}}x{{else}}none{{end}}', 'none'],
  ['{{if eq .SchemaVersion 2}}two{{else}}other{{end}}', 'two'],
  ['{{if .Missing}}a{{else if .ArtifactName}}b{{else}}c{{end}}', 'b'],
  ['{{if and .ArtifactName (not .Missing)}}yes{{end}}', 'yes'],
  ['{{with .Metadata.OS}}{{.Name}} of {{$.ArtifactType}}{{end}}', '12.5 of container_image'],
  ['{{$n := 0}}{{range .Results}}{{range .Vulnerabilities}}{{$n = add $n 1}}{{end}}{{end}}{{$n}}', '4'],
  ['a {{- /* comment */ -}} b {{- " c" }}', 'ab c'],
  ['{{ .ArtifactType | upper | printf "%-18s|" }}', 'CONTAINER_IMAGE   |'],
  ['{{printf "%05d %q %v %.2f %%" 7 "a\\"b" true 1.239}}', '    7 "a\\"b" true 1.24 %'],
  ['{{json .Metadata.RepoTags}}', '["registry.example/app:1.2"]'],
  [
    '{{join .Metadata.RepoTags ","}} {{index .Metadata.RepoTags 0}}',
    'registry.example/app:1.2 registry.example/app:1.2',
  ],
  ['{{(index .Results 1).Target}}', 'app/package-lock.json'],
  ['{{ `raw }} text` }}', 'raw }} text'],
  ['{{escapeXML "<a&b>"}}', '&lt;a&amp;b&gt;'],
  ['{{ .constructor }}{{ .__proto__ }}{{ .toString }}', '<no value><no value><no value>'],
  [
    '{{title "two words"}} {{lower "ABC"}} {{truncate "abcdef" 3}} {{join (split "a,b" ",") "+"}}',
    'Two Words abc abc a+b',
  ],
  [
    '{{with index .Results 0}}{{with index .Vulnerabilities 0}}{{.Vulnerability.Severity}} {{.PkgPath}}|{{end}}{{end}}',
    'CRITICAL |',
  ],
  ['{{(index .Nothing "nvd").V3Score}} {{.Metadata.Size}}', '0 0'],
  [
    '{{$s := "abcdef"}}{{$s = (slice $s 0 3) | printf "%v .."}}{{$s}} {{abbrev 5 "abcdef"}} {{substr 1 3 "abcdef"}}',
    'abc .. ab... bc',
  ],
  ['{{list "a" "b" | join "-" | printf "%q"}} {{sum 1 2}} {{list "a" | join "" | sha1sum | trunc 4}}', '"a-b" 3 86f7'],
  ['{{quote "a\\"b"}} {{trimPrefix "v" "v1.2"}} {{coalesce "" "x"}} {{ternary "a" "b" true}}', '"a\\"b" 1.2 x a'],
  ['{{getEnv "AWS_REGION"}}|{{getEnv "CI_JOB_ID"}}', 'eu-west-1|'],
]
for (const [template, text] of cases) test(`template: ${template}`, () => assert.equal(render(template), text))

const wrong = [
  '{{',
  '{{if .A}}',
  '{{end}}',
  '{{else}}',
  '{{unknown .A}}',
  '{{template "x"}}',
  '{{define "x"}}{{end}}',
  '{{.A | .B}}',
  '{{$x}}',
  '{{"\\x"}}',
  '{{(.A}}',
  '{{env "HOME"}}',
  '{{getEnv "HOME"}}',
  '{{getEnv "CI_JOB_TOKEN"}}',
  '{{#}}',
]
for (const template of wrong) {
  test(`template refused: ${template}`, () => {
    assert.throws(
      () => render(template),
      (error: unknown) => error instanceof JennerError && error.code === 'usage',
    )
  })
}

test('nested ranges are cut off', () => {
  const many = `${'{{range .Results}}'.repeat(60)}{{.Type}}${'{{end}}'.repeat(60)}`
  const report = exampleReport()
  for (const result of report.Results) Object.assign(result, { Results: report.Results })
  assert.throws(
    () => render(many, report),
    (error: unknown) => error instanceof JennerError && error.code === 'limit_exceeded',
  )
  assert.throws(() => render('{{if 1}}'.repeat(100) + '{{end}}'.repeat(100)), /nested too deeply/)
})

test('rounds that do nothing and texts that nobody prints count', () => {
  const value = { tags: Array.from({ length: 1000 }, (_, at) => `tag ${at}`) }
  for (const body of ['{{range $.tags}}{{end}}', '{{$x := json $}}']) {
    let rounds = 0
    const counting = {
      get tags() {
        rounds++
        return value.tags
      },
    }
    assert.throws(
      () => renderValue(counting, `{{range .tags}}{{range $.tags}}${body}{{end}}{{end}}`),
      (error: unknown) => error instanceof JennerError && error.code === 'limit_exceeded',
    )
    assert.ok(rounds < 3_000, String(rounds))
  }
})

test('foreign text cannot command the terminal, template text may break lines', () => {
  const text = render(
    '{{range .Results}}{{.Target}}\t{{range .Packages}}{{.Licenses}}{{end}}\n{{end}}',
    hostileReport(),
  )
  assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
})

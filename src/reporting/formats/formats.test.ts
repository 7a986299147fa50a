import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaxesParser } from 'saxes'
import type { Report } from '../../base/model/report.ts'
import { emptyReport, exampleReport, hostileReport } from './examples.ts'
import { findFormat, formats } from './index.ts'
import { validator } from './schemas.test-helper.ts'

const terminal = { colors: false }
const template =
  '{{range .Results}}{{.Target}}: {{range .Vulnerabilities}}{{.VulnerabilityID}} {{.Title}} {{json .}}{{end}}\n{{end}}'

async function render(id: string, report: Report, more: object = {}): Promise<string> {
  const format = findFormat(id)
  assert.ok(format)
  const renderer = await format.load()
  const options = {
    language: 'en' as const,
    terminal,
    version: '1.2.3',
    template,
    showSuppressed: true,
    listAllPackages: true,
  }
  return [...renderer(report, { ...options, ...more })].join('')
}

test('formats: ids are unique, titles stand in both languages, extensions begin with a dot', () => {
  const ids = formats.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])])
  assert.equal(new Set(ids).size, ids.length)
  for (const { title, extension } of formats) {
    assert.match(title.ko, /[가-힣]/)
    assert.ok(title.en.length > 0)
    assert.match(extension, /^\./)
  }
})

for (const { id } of formats) {
  for (const [name, make] of Object.entries({ exampleReport, emptyReport, hostileReport })) {
    test(`${id}: ${name} leaves no control, bidi or zero-width character`, async () => {
      for (const language of ['en', 'ko']) {
        const text = await render(id, make(), { language })
        assert.doesNotMatch(
          text,
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
        )
        assert.ok(text.isWellFormed())
        assert.ok(text.endsWith('\n'))
      }
    })
  }
}

const published: [format: string, schema: string][] = [
  ['sarif', 'sarif-2.1.0.schema.json'],
  ['cyclonedx', 'bom-1.6.schema.json'],
  ['spdx-json', 'spdx-2.3.schema.json'],
]
for (const [id, schema] of published) {
  for (const [name, make] of Object.entries({ exampleReport, emptyReport, hostileReport })) {
    test(`${id}: ${name} is valid against the published schema`, async () => {
      const validate = validator(schema)
      const value: unknown = JSON.parse(await render(id, make()))
      assert.ok(validate(value), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1))
    })
  }
}

test('the schemas refuse what is wrong', async () => {
  for (const [id, schema] of published) {
    const value = JSON.parse(await render(id, exampleReport())) as Record<string, unknown>
    assert.ok(!validator(schema)({ ...value, version: {}, spdxVersion: 1, specVersion: 9 }), id)
  }
})

test('json: in pieces it is what it would be in one', async () => {
  const many = Array.from({ length: 250 }, (_, at) => ({
    ID: `a@${at}`,
    Name: 'a',
    Identifier: { PURL: `p\u202e${at}` },
  }))
  for (const count of [0, 1, 100, 101, 200, 250]) {
    const { Results, ...rest } = exampleReport()
    const Packages = many.slice(0, count).map(one => ({ ...one, Version: '1', Licenses: ['MIT', 'x"y'] }))
    const report = { ...rest, Results: [...Results, { Target: 't', Class: 'lang-pkgs' as const, Type: 'x', Packages }] }
    const { SchemaVersion, CreatedAt, ArtifactName, ArtifactType, Metadata, Results: ours, ...others } = report
    const head = { SchemaVersion, CreatedAt, ArtifactName, ArtifactType }
    const expected = JSON.stringify({ ...head, Results: ours, Metadata, ...others }, undefined, 2)
    const written = (await render('json', report)).replaceAll('\\u202e', '\u202e')
    assert.equal(written, `${expected}\n`, `${count} packages`)
  }
})

test('json: reads back as the same report', async () => {
  for (const make of [exampleReport, emptyReport, hostileReport]) {
    assert.deepEqual(JSON.parse(await render('json', make())), JSON.parse(JSON.stringify(make())))
  }
})

test('cyclonedx: references are unique and dependencies point at them', async () => {
  for (const make of [exampleReport, hostileReport]) {
    const bom = JSON.parse(await render('cyclonedx', make()))
    const refs: string[] = [bom.metadata.component, ...bom.components].map(
      (component: { 'bom-ref': string }) => component['bom-ref'],
    )
    assert.equal(new Set(refs).size, refs.length)
    for (const { ref, dependsOn } of bom.dependencies)
      for (const name of [ref, ...dependsOn]) assert.ok(refs.includes(name), name)
  }
})

test('cyclonedx: licences, hashes, source package, ratings', async () => {
  const bom = JSON.parse(await render('cyclonedx', exampleReport()))
  const find = (name: string) => bom.components.find((component: { name: string }) => component.name === name)
  assert.deepEqual(find('openssl').licenses, [{ expression: 'Apache-2.0 AND GPL-2.0-or-later' }])
  assert.deepEqual(find('libssl3').licenses, [{ license: { name: 'some words of a licence' } }])
  assert.equal(find('@scope/name').hashes[0].alg, 'SHA-512')
  const source = find('openssl').properties.find(({ name }: { name: string }) => name === 'aquasecurity:trivy:SrcName')
  assert.equal(source.value, 'openssl')
  const flaw = bom.vulnerabilities.find(({ id }: { id: string }) => id === 'CVE-2023-0001')
  assert.deepEqual(flaw.ratings[1], {
    source: { name: 'nvd' },
    score: 7.5,
    method: 'CVSSv31',
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  })
  assert.deepEqual(flaw.cwes, [606])
})

test('spdx-json: SPDXIDs are well formed and unique, every licence reference is explained', async () => {
  for (const make of [exampleReport, hostileReport]) {
    const document = JSON.parse(await render('spdx-json', make()))
    const ids: string[] = document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID)
    assert.equal(new Set(ids).size, ids.length)
    for (const id of ids) assert.match(id, /^SPDXRef-[A-Za-z0-9.-]+$/)
    for (const { spdxElementId, relatedSpdxElement } of document.relationships) {
      for (const id of [spdxElementId, relatedSpdxElement]) assert.ok(id === 'SPDXRef-DOCUMENT' || ids.includes(id))
    }
    const explained = (document.hasExtractedLicensingInfos ?? []).map(
      ({ licenseId }: { licenseId: string }) => licenseId,
    )
    for (const { licenseDeclared } of document.packages) {
      for (const [reference] of licenseDeclared.matchAll(/LicenseRef-[A-Za-z0-9.-]+/g))
        assert.ok(explained.includes(reference))
    }
  }
})

test('junit: well-formed XML that counts right', async () => {
  for (const make of [exampleReport, emptyReport, hostileReport]) {
    let failures = 0
    let stated = ''
    const parser = new SaxesParser()
    parser.on('opentag', ({ name, attributes }) => {
      if (name === 'failure') failures++
      if (name === 'testsuites') stated = String(attributes.failures)
    })
    parser.on('error', error => assert.fail(error.message))
    parser.write(await render('junit', make())).close()
    assert.equal(Number(stated), failures)
  }
})

test('html: no markup of foreign origin, no link but http(s)', async () => {
  const page = await render('html', hostileReport())
  assert.ok(!page.includes('<script'))
  assert.ok(!/href="(?!https?:)/.test(page))
  assert.match(page, /&lt;script&gt;/)
  assert.match(await render('html', exampleReport(), { language: 'ko' }), /<html lang="ko">[\s\S]*심각도/)
})

test('gitlab: what the schema of GitLab 15 requires', async () => {
  const document = JSON.parse(await render('gitlab', exampleReport()))
  assert.equal(document.vulnerabilities.length, 4)
  assert.match(document.scan.start_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  for (const { id, name, severity, location, identifiers } of document.vulnerabilities) {
    assert.ok(id && name)
    assert.ok(['Critical', 'High', 'Medium', 'Low', 'Unknown'].includes(severity))
    assert.match(location.image, /^[^:]+(:\d+[^:]*)?:[^:]+(:[^:]+)?$/)
    assert.ok(identifiers[0].value)
  }
  const ids = document.vulnerabilities.map(({ id }: { id: string }) => id)
  assert.equal(new Set(ids).size, ids.length)
})

test('github: a manifest per result', async () => {
  const snapshot = JSON.parse(await render('github', exampleReport(), { env: { GITHUB_SHA: 'abc' } }))
  assert.equal(snapshot.sha, 'abc')
  assert.equal(
    snapshot.manifests['app/package-lock.json'].resolved['@scope/name'].package_url,
    'pkg:npm/%40scope/name@1.0.0',
  )
})

test('sarif: every result names its rule; incomplete scans say so', async () => {
  const [run] = JSON.parse(await render('sarif', exampleReport())).runs
  for (const { ruleId, ruleIndex } of run.results) assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId)
  assert.equal(run.results.length, 4)
  assert.equal(run.invocations[0].executionSuccessful, false)
  assert.equal(run.results[3].locations[0].physicalLocation.region.startLine, 10)
})

test('html: says when the advisories are of, what to look at again, and nothing of what was not asked for', async () => {
  const report = exampleReport()
  report.Database!.starter = false
  report.Warnings = [{ code: 'unused', source: '.jennerignore:3', detail: '<CVE-1>' }]
  const text = await render('html', report)
  assert.match(text, /Advisories of \d{4}-\d{2}-\d{2}/)
  assert.match(text, /Warnings[\s\S]*\.jennerignore:3[\s\S]*&lt;CVE-1&gt;[\s\S]*fits no finding/)
  const other = emptyReport()
  other.Scanners = ['license']
  other.Results.push({ Target: 'package-lock.json', Class: 'lang-pkgs', Type: 'npm' })
  const page = await render('html', other)
  assert.doesNotMatch(page, /package-lock\.json|vulnerabilities/i)
  assert.match(page, /Nothing found\./)
})

for (const [name, make] of Object.entries({ exampleReport, emptyReport, hostileReport })) {
  test(`cosign-vuln: ${name} holds the whole report`, async () => {
    const { scanner, metadata, invocation } = JSON.parse(await render('cosign-vuln', make()))
    assert.deepEqual(scanner.result, JSON.parse(await render('json', make())))
    assert.deepEqual(Object.keys(invocation), ['parameters', 'uri', 'event_id', 'builder.id'])
    assert.ok(Date.parse(metadata.scanStartedOn) <= Date.parse(metadata.scanFinishedOn))
  })
}

test('spdx: a tag a line, every package with its purl, no tag begun by a foreign text', async () => {
  for (const make of [exampleReport, emptyReport, hostileReport]) {
    const lines = (await render('spdx', make())).trimEnd().split('\n')
    assert.deepEqual(lines.slice(0, 3), ['SPDXVersion: SPDX-2.3', 'DataLicense: CC0-1.0', 'SPDXID: SPDXRef-DOCUMENT'])
    for (const line of lines) assert.match(line, /^(?:[A-Z][A-Za-z]+: .+)?$/)
    const document = JSON.parse(await render('spdx-json', make()))
    const count = (tag: string): number => lines.filter(line => line.startsWith(`${tag}: `)).length
    assert.equal(count('PackageName'), document.packages.length)
    assert.equal(count('Relationship'), document.relationships.length)
    assert.equal(count('ExternalRef'), document.packages.filter((pkg: object) => 'externalRefs' in pkg).length)
  }
})

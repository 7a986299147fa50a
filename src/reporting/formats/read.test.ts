import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyReport, exampleReport, hostileReport } from './examples.ts'
import { formats } from './index.ts'
import { readReport } from './read.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('our own reports come back as they were', () => {
  for (const make of [exampleReport, emptyReport, hostileReport]) {
    const back = readReport(JSON.stringify(make())) as unknown as Record<string, unknown>
    const again = readReport(JSON.stringify(back))
    assert.deepEqual(plain(again), plain(back))
    assert.equal(back.ArtifactName, (plain(make()) as { ArtifactName: string }).ArtifactName)
  }
})

/** The least that Trivy writes. */
const trivy = {
  SchemaVersion: 2,
  CreatedAt: '2024-01-01T00:00:00.1+09:00',
  ArtifactName: 'alpine:3.10',
  ArtifactType: 'container_image',
  Metadata: { OS: { Family: 'alpine', Name: '3.10', EOSL: true } },
  Results: [
    {
      Target: 'alpine:3.10 (alpine 3.10)',
      Class: 'os-pkgs',
      Type: 'alpine',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2019-1',
          PkgName: 'musl',
          InstalledVersion: '1.1.22-r3',
          FixedVersion: '1.1.22-r4',
          Severity: 'HIGH',
        },
      ],
      ExperimentalModifiedFindings: [
        {
          Status: 'ignored',
          Statement: 's',
          Source: '.trivyignore',
          Finding: { VulnerabilityID: 'CVE-2019-2', PkgName: 'x' },
        },
      ],
    },
    { Target: 'secrets', Class: 'secret', Secrets: [] },
  ],
}

test('a report of Trivy is made whole', () => {
  const report = readReport(`\ufeff${JSON.stringify(trivy)}`)
  const found = report.Results[0]!.Vulnerabilities![0]!
  assert.equal(found.Status, 'fixed')
  assert.deepEqual(found.Priority.reasons, [])
  assert.deepEqual(report.Incomplete, [])
  assert.equal(report.Suppressed[0]!.VulnerabilityID, 'CVE-2019-2')
})

test('whatever the types in the file, every format renders it', async () => {
  const bad = [null, 1, 'x', [], {}, [null], [[1]], { a: 1 }, true]
  const broken = (value: unknown): unknown => ({
    ...trivy,
    CreatedAt: value,
    Metadata: { OS: value, RepoTags: value, ImageID: value },
    Incomplete: [value],
    Suppressed: [value],
    Database: value,
    Results: [
      value,
      {
        Target: value,
        Class: value,
        Type: value,
        Packages: [value, { Name: value, Licenses: value, DependsOn: [value], Digest: value, Locations: [value] }],
        Vulnerabilities: [
          value,
          {
            Severity: value,
            CVSS: value,
            References: [value],
            Priority: value,
            EPSS: value,
            KEV: value,
            Title: value,
            PkgPath: value,
          },
        ],
      },
      { Packages: value, Vulnerabilities: value },
    ],
  })
  for (const value of bad) {
    const report = readReport(JSON.stringify(broken(value)))
    for (const { load } of formats) {
      const render = await load()
      const options = {
        language: 'en' as const,
        terminal: { colors: false },
        version: '1',
        template: '{{json .}}',
        listAllPackages: true,
        showSuppressed: true,
      }
      assert.ok([...render(report, options)].join('').length > 0)
    }
  }
})

test('what is no report is refused', () => {
  for (const text of ['', '{', 'null', '[]', '{}', '{"SchemaVersion":1}'])
    assert.throws(() => readReport(text), /malformed/)
})

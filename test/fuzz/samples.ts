import { zipOf } from '../../src/base/zip-testing.ts'
import { tarOf } from '../../src/scan/image/testing.ts'

/** Small true inputs, for fuzzing to start from. */
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

export const tar: Buffer = tarOf([
  { name: 'etc/os-release', data: Buffer.from('ID=debian\n') },
  { name: 'var/lib/dpkg/status', data: Buffer.from('Package: a\nVersion: 1\n') },
])

const inner = zipOf({ 'META-INF/maven/g/a/pom.properties': 'groupId=g\nartifactId=a\nversion=1\n' })
export const jar: Buffer = zipOf({
  'META-INF/MANIFEST.MF': 'Implementation-Title: a\nImplementation-Version: 1\n',
  'lib/a-1.jar': inner,
})

export const control: Buffer = Buffer.from(
  'Package: a\nStatus: install ok installed\nVersion: 1:2-3\nSource: s (2)\nDepends: b (>= 1) | c\n folded\n\n'.repeat(
    2,
  ),
)
export const apk: Buffer = Buffer.from(
  'P:a\nV:1-r0\nL:MIT AND BSD\nD:so:x !y z>=1\np:q=1\nF:usr/bin\nR:x\n\n'.repeat(2),
)
export const lockFile: Buffer = json({
  name: 'p',
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { a: '^1' } },
    'node_modules/a': { version: '1.0.0', dependencies: { b: '*' } },
    'node_modules/b': { version: '2.0.0', dev: true },
  },
})
export const yarn: Buffer = Buffer.from(
  '# yarn lockfile v1\n\na@^1, a@~1:\n  version "1.0.0"\n  dependencies:\n    b "*"\n\n"@s/b@*":\n  version "2.0.0"\n',
)
export const yaml: Buffer = Buffer.from(
  "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        version: 1.0.0\npackages:\n  a@1.0.0:\n    resolution: {integrity: x}\nsnapshots:\n  a@1.0.0: {}\n",
)
export const toml: Buffer = Buffer.from(
  '[[package]]\nname = "a"\nversion = "1.0.0"\ndependencies = ["b"]\n\n[[package]]\nname = "b"\nversion = "2"\n',
)
export const composerLock: Buffer = json({
  packages: [{ name: 'a/b', version: 'v1.0', license: ['MIT'], require: { php: '>=7' } }],
  'packages-dev': [],
})
export const bomText: Buffer[] = [
  json({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    components: [{ type: 'library', name: 'a', version: '1', 'bom-ref': 'x', purl: 'pkg:npm/a@1' }],
    dependencies: [{ ref: 'x', dependsOn: ['x'] }],
  }),
  json({
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    packages: [
      {
        name: 'a',
        SPDXID: 'SPDXRef-a',
        versionInfo: '1',
        externalRefs: [
          { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/a@1' },
        ],
      },
    ],
  }),
]
export const reportText: Buffer = json({
  SchemaVersion: 2,
  ArtifactName: 'a',
  ArtifactType: 'container_image',
  Metadata: { OS: { Family: 'debian', Name: '12' } },
  Results: [
    {
      Target: 't',
      Class: 'lang-pkgs',
      Type: 'npm',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2024-1',
          PkgName: 'a',
          InstalledVersion: '1',
          Severity: 'HIGH',
          CVSS: { nvd: { V3Score: 7 } },
          References: ['https://example.org'],
        },
      ],
    },
  ],
  Incomplete: [{ path: 'p', code: 'malformed', reason: 'r' }],
})

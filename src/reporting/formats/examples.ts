import type { Report, ReportVulnerability } from '../../base/model/report.ts'

/** Reports for the tests of formats: an ordinary one, an empty one, and one whose every string is hostile. */

function finding(more: Partial<ReportVulnerability>): ReportVulnerability {
  return {
    VulnerabilityID: 'CVE-2023-0001',
    PkgName: 'openssl',
    PkgIdentifier: { PURL: 'pkg:deb/debian/openssl@3.0.11-1~deb12u1?arch=amd64&distro=debian-12' },
    InstalledVersion: '3.0.11-1~deb12u1',
    Status: 'affected',
    Severity: 'HIGH',
    Priority: { rank: 1, reasons: [] },
    Evidence: {
      advisory: 'CVE-2023-0001',
      source: 'debian',
      range: '< 3.0.11-1~deb12u2',
      path: 'var/lib/dpkg/status',
      compared: '',
    },
    ...more,
  }
}

const openssl = 'pkg:deb/debian/openssl@3.0.11-1~deb12u1?arch=amd64&distro=debian-12'
const libssl = 'pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12'
const layer = { Digest: `sha256:${'1'.repeat(64)}`, DiffID: `sha256:${'2'.repeat(64)}` }

export function exampleReport(): Report {
  return {
    SchemaVersion: 2,
    CreatedAt: '2026-11-24T12:00:00Z',
    ArtifactName: 'registry.example/app:1.2',
    ArtifactType: 'container_image',
    Metadata: {
      OS: { Family: 'debian', Name: '12.5', EOSL: false },
      ImageID: `sha256:${'a'.repeat(64)}`,
      DiffIDs: [`sha256:${'2'.repeat(64)}`],
      RepoTags: ['registry.example/app:1.2'],
      RepoDigests: [`registry.example/app@sha256:${'b'.repeat(64)}`],
    },
    Results: [
      {
        Target: 'registry.example/app:1.2 (debian 12.5)',
        Class: 'os-pkgs',
        Type: 'debian',
        Packages: [
          {
            ID: openssl,
            Name: 'openssl',
            Identifier: { PURL: openssl },
            Version: '3.0.11-1~deb12u1',
            Arch: 'amd64',
            SrcName: 'openssl',
            SrcVersion: '3.0.11-1~deb12u1',
            Licenses: ['Apache-2.0', 'GPL-2+'],
            Maintainer: 'Debian OpenSSL Team <openssl@example.org>',
            DependsOn: [libssl, 'pkg:deb/debian/not-there@1'],
            Layer: layer,
          },
          {
            ID: libssl,
            Name: 'libssl3',
            Identifier: { PURL: libssl },
            Version: '3.0.11-1~deb12u1',
            Licenses: ['some words of a licence'],
            Layer: layer,
          },
        ],
        Vulnerabilities: [
          finding({
            FixedVersion: '3.0.11-1~deb12u2',
            Status: 'fixed',
            Severity: 'CRITICAL',
            SeveritySource: 'debian',
            Title:
              'openssl: excessive time checking DH keys and parameters in a very long title that has to be wrapped',
            Description: 'Checking excessively long DH keys may be very slow.',
            PrimaryURL: 'https://nvd.nist.gov/vuln/detail/CVE-2023-0001',
            CVSS: { nvd: { V3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', V3Score: 7.5 } },
            CweIDs: ['CWE-606'],
            References: ['https://nvd.nist.gov/vuln/detail/CVE-2023-0001', 'https://www.openssl.org/news/'],
            Aliases: ['CVE-2023-0001', 'DSA-5532-1'],
            KEV: { dateAdded: '2023-11-01', ransomware: true },
            EPSS: { score: 0.913, percentile: 0.99, date: '2026-11-23' },
            Priority: {
              rank: 1,
              reasons: ['kev ransomware since 2023-11-01', 'epss 0.913 (2026-11-23)', 'fixed in 3.0.11-1~deb12u2'],
            },
            Layer: layer,
            PublishedDate: '2023-10-01T00:00:00Z',
            LastModifiedDate: '2024-01-01T00:00:00Z',
          }),
          finding({
            VulnerabilityID: 'CVE-2023-0002',
            Severity: 'LOW',
            Status: 'will_not_fix',
            Priority: { rank: 3, reasons: [] },
          }),
          finding({
            VulnerabilityID: 'CVE-2023-0003',
            PkgName: 'libssl3',
            PkgIdentifier: { PURL: libssl },
            Severity: 'UNKNOWN',
            Priority: { rank: 4, reasons: [] },
          }),
        ],
      },
      {
        Target: 'app/package-lock.json',
        Class: 'lang-pkgs',
        Type: 'npm',
        Packages: [
          {
            ID: 'pkg:npm/%40scope/name@1.0.0',
            Name: '@scope/name',
            Identifier: { PURL: 'pkg:npm/%40scope/name@1.0.0' },
            Version: '1.0.0',
            Licenses: ['(MIT OR Apache-2.0)'],
            Digest: `sha512:${'c'.repeat(128)}`,
            FilePath: 'app/package-lock.json',
            Locations: [{ StartLine: 10, EndLine: 14 }],
            Relationship: 'direct',
          },
        ],
        Vulnerabilities: [
          finding({
            VulnerabilityID: 'GHSA-aaaa-bbbb-cccc',
            PkgName: '@scope/name',
            PkgPath: 'app/package-lock.json',
            PkgIdentifier: { PURL: 'pkg:npm/%40scope/name@1.0.0' },
            InstalledVersion: '1.0.0',
            FixedVersion: '1.0.1, 2.0.0',
            Status: 'fixed',
            Severity: 'MEDIUM',
            Priority: { rank: 2, reasons: ['epss not known'] },
          }),
        ],
      },
      { Target: 'app/go.mod', Class: 'lang-pkgs', Type: 'gomod' },
    ],
    Incomplete: [{ path: 'app/broken.jar', reason: 'ends too early: central directory', code: 'truncated' }],
    Suppressed: [
      {
        VulnerabilityID: 'CVE-2023-0009',
        PkgName: 'zlib1g',
        InstalledVersion: '1:1.2.13',
        PkgIdentifier: { PURL: 'pkg:deb/debian/zlib1g@1:1.2.13' },
        Reason: 'ignored',
        Source: '.jennerignore:3',
        Statement: 'not reachable',
      },
    ],
    Database: {
      builtAt: '2026-11-20T00:00:00Z',
      sources: [{ id: 'debian', updatedAt: '2026-11-20T00:00:00Z', records: 10 }],
      starter: false,
    },
    Timing: { total: 1234 },
  }
}

export function emptyReport(): Report {
  return {
    SchemaVersion: 2,
    CreatedAt: '2026-11-24T12:00:00Z',
    ArtifactName: '.',
    ArtifactType: 'filesystem',
    Metadata: {},
    Results: [],
    Incomplete: [],
    Suppressed: [],
    Timing: {},
  }
}

/** What a hostile name may hold: terminal commands, bidi override, line breaks, markup, quotes, a prototype key, an unpaired surrogate. */
export const hostile =
  '\u001b]52;c;aGk=\u0007\u001b[2J\u202egpj\r\n<script>alert("1")</script>\'&]]>--> {{.}} =cmd|calc \u0000\u009b31m\ud800 __proto__'

/** exampleReport with every string that an artifact or a feed decides replaced by a hostile one (ids kept apart by a number). */
export function hostileReport(): Report {
  const report = exampleReport()
  report.ArtifactName = hostile
  report.Metadata.OS = { Family: hostile, Name: hostile }
  report.Metadata.RepoTags = [hostile]
  report.Metadata.RepoDigests = [hostile]
  report.Metadata.ImageID = hostile
  let number = 0
  for (const result of report.Results) {
    result.Target = `${hostile}${number++}`
    result.Type = hostile
    for (const pkg of result.Packages ?? []) {
      const id = `${hostile}${number++}`
      Object.assign(pkg, {
        ID: id,
        Name: id,
        Version: hostile,
        Licenses: [hostile],
        Maintainer: hostile,
        FilePath: hostile,
      })
      Object.assign(pkg, {
        Identifier: { PURL: id },
        DependsOn: [hostile],
        Digest: hostile,
        Arch: hostile,
        Relationship: hostile,
      })
    }
    for (const found of result.Vulnerabilities ?? []) {
      const id = `${hostile}${number++}`
      Object.assign(found, {
        VulnerabilityID: id,
        PkgName: hostile,
        PkgPath: hostile,
        InstalledVersion: hostile,
        FixedVersion: hostile,
      })
      Object.assign(found, {
        Title: hostile,
        Description: hostile,
        PrimaryURL: `javascript:${hostile}`,
        SeveritySource: hostile,
      })
      Object.assign(found, { CweIDs: [hostile], References: [hostile, 'javascript:alert(1)'], PublishedDate: hostile })
      Object.assign(found, { CVSS: { [hostile]: { V3Vector: hostile, V3Score: 5 } }, Aliases: [id, hostile] })
      found.Priority = { rank: number, reasons: [hostile] }
      found.PkgIdentifier = { PURL: hostile }
    }
  }
  report.Incomplete = [{ path: hostile, reason: hostile, code: 'malformed' }]
  for (const item of report.Suppressed)
    Object.assign(item, {
      VulnerabilityID: hostile,
      PkgName: hostile,
      Reason: hostile,
      Source: hostile,
      Statement: hostile,
    })
  return report
}

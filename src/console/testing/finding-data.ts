import type { Decision } from '../../server/schemas/decisions.ts'
import type { Finding, Vulnerability, VulnerabilityDetail } from '../../server/schemas/vulnerabilities.ts'
import { ago, apps, digest, hostile, pick, random } from './made.ts'

const packages = [
  'openssl',
  'libxml2',
  'curl',
  'express',
  'log4j-core',
  'zlib1g',
  'glibc',
  'nginx',
  'lodash',
  'werkzeug',
] as const
const titles = [
  'Heap overflow while a certificate chain is verified',
  'Remote code execution through a crafted lookup',
  'Denial of service by nested entities',
  'Path traversal in static file serving',
  'Request smuggling with chunked bodies',
] as const

export function makeVulnerabilities(base: number, count = 10_000): Vulnerability[] {
  const next = random(3)
  return Array.from({ length: count }, (_, index): Vulnerability => {
    const severity =
      index < 40 ? 'CRITICAL' : pick(next, ['HIGH', 'MEDIUM', 'MEDIUM', 'LOW', 'LOW', 'UNKNOWN'] as const)
    const kev = index < 6
    const inUse = index < 3 ? 'yes' : pick(next, ['yes', 'no', 'unknown', 'unknown'] as const)
    const exposed = index < 2 || next() > 0.8
    const score = Math.max(0.0004, 0.97 / (index + 1))
    const cvss = severity === 'CRITICAL' ? 9.8 : severity === 'HIGH' ? 7.5 : 5.3
    const fixed = next() > 0.2 ? `1.${index % 30}.${index % 9}-2` : undefined
    return {
      id: `CVE-2026-${String(10_000 + index)}`,
      aliases: index % 7 === 0 ? [`GHSA-${index.toString(36).padStart(4, '0')}-aaaa-bbbb`] : [],
      severity,
      title: index === 4 ? hostile : pick(next, titles),
      url: index === 4 ? 'javascript:alert(1)' : `https://www.cve.org/CVERecord?id=CVE-2026-${10_000 + index}`,
      cvss,
      epss: { score, percentile: 0.9, date: '2026-11-26' },
      ...(kev ? { kev: { dateAdded: '2026-10-02', dueDate: '2026-10-23', ransomware: index < 2 } } : {}),
      packages: [{ name: pick(next, packages), ecosystem: 'deb', installed: ['1.0.1-1'], ...(fixed ? { fixed } : {}) }],
      images: 1 + (index % 12),
      running: index % 9,
      inUse,
      exposed,
      rank: index + 1,
      reasons: [
        ...(kev ? ['kev'] : []),
        ...(index < 2 ? ['ransomware'] : []),
        ...(inUse === 'yes' ? ['loaded'] : []),
        ...(exposed ? ['exposed'] : []),
        `epss:${score.toFixed(4)}`,
        `cvss:${cvss}`,
        ...(fixed ? ['fix'] : []),
      ],
      firstSeen: ago(base, 30 + index * 13),
      state: index % 50 === 49 ? 'decided' : 'open',
    }
  })
}

export function makeDetail(base: number, flaw: Vulnerability): VulnerabilityDetail {
  return {
    ...flaw,
    description:
      'A crafted input makes the library write past the end of a buffer.\n\nEvery program that verifies certificates of strangers is affected.',
    references: [
      'https://nvd.nist.gov/vuln/detail/CVE-2026-10000',
      'javascript:alert(document.cookie)',
      'https://security-tracker.debian.org/tracker/CVE-2026-10000',
    ],
    findings: apps.slice(0, 5).map((_, index) => makeFinding(base, flaw, index)),
  }
}

function makeFinding(base: number, flaw: Vulnerability, index: number): Finding {
  const app = apps[index % apps.length]!
  const of = flaw.packages[0]!
  return {
    id: `f-${flaw.id}-${index}`,
    kind: 'vulnerability',
    name: flaw.id,
    severity: flaw.severity,
    title: flaw.title,
    imageId: digest((index % apps.length) + 1),
    image: app.image,
    package: of.name,
    purl: `pkg:deb/debian/${of.name}@1.0.1-1`,
    installed: '1.0.1-1',
    ...(of.fixed ? { fixed: of.fixed } : {}),
    status: of.fixed ? 'fixed' : 'affected',
    path: '/var/lib/dpkg/status',
    inUse: flaw.inUse,
    exposed: flaw.exposed,
    running: 2,
    rank: flaw.rank,
    reasons: flaw.reasons,
    firstSeen: ago(base, 400),
    ...(index === 4 ? { decision: 'd1' } : {}),
    evidence: `debian DSA-5532-1: ${of.name} 1.0.1-1 < ${of.fixed ?? 'no fixed version'} (deb order)`,
  }
}

export function makeFindings(base: number, flaws: Vulnerability[]): Finding[] {
  const secret: Finding = {
    ...makeFinding(base, flaws[0]!, 1),
    id: 'f-secret-1',
    kind: 'secret',
    name: 'aws-access-key-id',
    title: 'AWS access key',
    severity: 'CRITICAL',
    path: '/app/.env',
    evidence: 'AKIA************WXYZ at line 3',
  }
  const malware: Finding = {
    ...secret,
    id: 'f-malware-1',
    kind: 'malware',
    name: 'Linux.Miner.Generic',
    title: 'Miner of cryptocurrency',
    path: '/usr/local/bin/.x',
    evidence: 'sha256 of a known sample',
  }
  return [...flaws.slice(0, 400).map((flaw, index) => makeFinding(base, flaw, index % 4)), secret, malware]
}

export function makeDecisions(base: number): Decision[] {
  const next = random(5)
  return Array.from({ length: 36 }, (_, index): Decision => {
    const status = pick(next, ['fixing', 'accepted', 'false_positive', 'not_affected'] as const)
    return {
      id: `d${index + 1}`,
      scope: {
        vulnerability: `CVE-2026-${10_049 + index * 50}`,
        package: pick(next, packages),
        ...(index % 3 === 0 ? { image: 'registry.local/shop/*' } : {}),
      },
      status,
      ...(status === 'not_affected' ? { justification: 'vulnerable_code_not_in_execute_path' as const } : {}),
      owner: pick(next, ['kim', 'lee', 'park']),
      ...(status === 'accepted' ? { expires: ago(base, -60 * 24 * (3 + index)) } : {}),
      comment: index % 2 === 0 ? 'Only reachable behind the VPN; upgrade is planned.' : '',
      state: index % 9 === 8 ? 'expired' : 'active',
      createdBy: 'kim',
      createdAt: ago(base, 60 * 24 * index),
      updatedAt: ago(base, 60 * 24 * index),
      source: index % 5 === 0 ? '.trivyignore' : 'console',
      matches: 1 + (index % 8),
    }
  })
}

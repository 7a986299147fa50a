import type { Report } from '../../base/model/report.ts'
import { emptyReport, exampleReport, hostile } from './examples.ts'

const layer = { Digest: `sha256:${'1'.repeat(64)}`, DiffID: `sha256:${'2'.repeat(64)}` }

/** The example with secrets, malware and licences beside its vulnerabilities. */
export function contentReport(): Report {
  const report = exampleReport()
  report.Results.push(
    {
      Target: '/app/.env',
      Class: 'secret',
      Secrets: [
        {
          RuleID: 'aws-access-key-id',
          Category: 'cloud',
          Severity: 'CRITICAL',
          Title: 'AWS access key',
          StartLine: 3,
          EndLine: 3,
          Match: 'AWS_ACCESS_KEY_ID=********************',
          Layer: layer,
          Fingerprint: '0123456789abcdef0123',
          RemovedIn: { DiffID: `sha256:${'3'.repeat(64)}` },
          Fix: 'removed',
        },
      ],
    },
    {
      Target: '/var/www/x.php',
      Class: 'malware',
      Malware: [
        {
          Rule: 'web_shell_php',
          RuleSet: 'jenner',
          Author: 'Jenner',
          Licence: 'Apache-2.0',
          Kind: 'heuristic',
          Severity: 'HIGH',
          Title: 'A PHP page that runs what a request brings',
          Reference: 'https://attack.mitre.org/techniques/T1505/003/',
          SHA256: 'a'.repeat(64),
          Layer: layer,
        },
      ],
    },
    {
      Target: 'pkg:npm/%40scope/name@1.0.0',
      Class: 'malware',
      Malware: [
        {
          Rule: 'MAL-2024-1',
          RuleSet: 'osv',
          Kind: 'package',
          Severity: 'CRITICAL',
          Title: 'Malicious code in @scope/name',
        },
      ],
    },
    {
      Target: 'OS Packages',
      Class: 'license',
      Licenses: [
        {
          Severity: 'CRITICAL',
          Category: 'restricted',
          PkgName: 'bash',
          FilePath: '',
          Name: 'GPL-3.0-or-later',
          Confidence: 1,
          Link: 'https://spdx.org/licenses/GPL-3.0-or-later.html',
          Policy: 'deny',
        },
      ],
    },
    {
      Target: 'Loose File License(s)',
      Class: 'license-file',
      Licenses: [
        {
          Severity: 'LOW',
          Category: 'notice',
          PkgName: '',
          FilePath: '/LICENSE',
          Name: 'MIT',
          Confidence: 0.95,
          Link: '',
        },
      ],
    },
  )
  return report
}

/** Every string of it hostile. */
export function hostileContentReport(): Report {
  const report = emptyReport()
  for (const result of contentReport().Results.filter(({ Class }) => !Class.endsWith('-pkgs'))) {
    for (const list of [result.Secrets, result.Malware, result.Licenses])
      for (const found of list ?? [])
        for (const [name, value] of Object.entries(found))
          if (typeof value === 'string' && !['Severity', 'Category', 'Fix', 'Policy', 'Kind'].includes(name))
            Object.assign(found, { [name]: hostile })
    report.Results.push({ ...result, Target: hostile })
  }
  return report
}

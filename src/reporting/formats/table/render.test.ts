import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../../base/model/report.ts'
import { displayWidth } from '../../../base/text.ts'
import { emptyReport, exampleReport, hostileReport } from '../examples.ts'
import type { FormatOptions } from '../format.ts'
import { drawGrid } from './grid.ts'
import { renderTable } from './render.ts'

function show(report: Report, more: Partial<FormatOptions> = {}): string {
  const options: FormatOptions = { language: 'en', terminal: { colors: false }, version: '1.0.0', ...more }
  return [...renderTable(report, options)].join('')
}

test('looks as Trivy’s users know it', () => {
  const text = show(exampleReport())
  assert.match(
    text,
    /^registry\.example\/app:1\.2 \(debian 12\.5\)\n=+\nTotal: 3 \(UNKNOWN: 1, LOW: 1, MEDIUM: 0, HIGH: 0, CRITICAL: 1\)$/m,
  )
  assert.match(
    text,
    /│ Library +│ Vulnerability +│ Severity │ Status +│ Installed Version +│ Fixed Version +│ Title +│/,
  )
  assert.match(text, /│ openssl +│ CVE-2023-0001 │ CRITICAL │ fixed +│ 3\.0\.11-1~deb12u1 +│ 3\.0\.11-1~deb12u2 │/)
  assert.match(
    text,
    /│ {9}│ CVE-2023-0002 │ LOW +│ will_not_fix │ {19}│/,
    'the second row of a package repeats neither name nor version',
  )
  assert.match(text, /^│ {9}├─/m, 'no line through a merged cell')
})

test('what to fix first comes with reasons; what was not read is told', () => {
  const text = show(exampleReport())
  assert.match(
    text,
    /Fix first\n\n1\. CVE-2023-0001 {2}CRITICAL {2}openssl .* → .*\n {3}used by ransomware \(CISA KEV since 2023-11-01\); EPSS 91/,
  )
  assert.match(text, /Incomplete: .*\n {2}app\/broken\.jar: ends too early: central directory/)
  assert.match(text, /Suppressed findings: 1/)
  assert.match(
    show(exampleReport(), { showSuppressed: true }),
    /│ zlib1g +│ CVE-2023-0009 .*│ \.jennerignore:3 +│ not reachable │/,
  )
})

test('the same flaw in many programs is one thing to fix, with its places', () => {
  const report = exampleReport()
  const [found] = report.Results.flatMap(({ Vulnerabilities }) => Vulnerabilities ?? [])
  const stdlib = { ...found!, VulnerabilityID: 'CVE-2024-0007', PkgName: 'stdlib', InstalledVersion: '1.19.8' }
  for (const Target of ['bin/one', 'bin/two', 'bin/three'])
    report.Results.push({ Target, Class: 'lang-pkgs', Type: 'gobinary', Vulnerabilities: [stdlib] })
  const list = /Fix first\n([\s\S]*?)\n\n[^\d]/.exec(show(report))?.[1] ?? ''
  assert.equal(list.split('CVE-2024-0007').length - 1, 1, list)
  assert.match(list, /\n {3}in bin\/one and 2 more places/)
  assert.doesNotMatch(list, /in openssl|in .*debian/, 'the system is one place')
})

test('the starter data are told in the very first line, in both languages', () => {
  const report = exampleReport()
  report.Database!.starter = true
  assert.match(show(report).split('\n')[0]!, /^advisory coverage: starter/)
  assert.match(show(report, { language: 'ko' }).split('\n')[0]!, /advisory coverage: starter/)
})

test('an empty report is clean only where nothing is missing', () => {
  assert.match(show(emptyReport()), /^No vulnerabilities found\.\n/)
  const report = emptyReport()
  report.Incomplete.push({ path: 'a.jar', reason: '', code: 'encrypted' })
  assert.match(show(report), /No vulnerabilities found in what could be read[\s\S]*a\.jar: is encrypted/)
})

test('what nobody asked for is neither zero nor clean', () => {
  const report = exampleReport()
  report.Scanners = ['secret']
  report.Incomplete = []
  for (const result of report.Results) delete result.Vulnerabilities
  report.Results.push({ Target: 'app/.env', Class: 'secret', Secrets: [] })
  const text = show(report)
  assert.doesNotMatch(text, /Vulnerabilities|debian/)
  assert.match(text, /│ app\/\.env +│ secret +│ 0 +│/)
  assert.match(text, /Nothing found\./)
})

test('a reason is told once, in the reader’s language', () => {
  const report = emptyReport()
  report.Incomplete.push({ path: '.trivyignore.yaml', reason: 'is malformed: line 2', code: 'malformed' })
  report.Incomplete.push({ path: 'b.jar', reason: 'is encrypted', code: 'encrypted' })
  assert.match(show(report), /\.trivyignore\.yaml: is malformed: line 2\n {2}b\.jar: is encrypted\n/)
  assert.match(show(report, { language: 'ko' }), /\.trivyignore\.yaml: 형식이 잘못됨 \(line 2\)\n {2}b\.jar: [^a-z]+\n/)
})

test('Korean tables line up: every line of a table is as wide as its frame', () => {
  for (const make of [exampleReport, hostileReport]) {
    for (const columns of [undefined, 100, 160]) {
      const terminal = { colors: false, ...(columns ? { columns } : {}) }
      let frame = 0
      for (const line of show(make(), { language: 'ko', terminal, showSuppressed: true }).split('\n')) {
        if (line.startsWith('┌')) frame = displayWidth(line)
        if (/^[┌│├└]/.test(line)) assert.equal(displayWidth(line), frame, line)
      }
    }
  }
})

test('tables stay within the terminal', () => {
  for (const columns of [100, 120, 200]) {
    for (const line of show(exampleReport(), { terminal: { colors: false, columns } }).split('\n')) {
      if (/^[┌│├└]/.test(line)) assert.ok(displayWidth(line) <= columns, line)
    }
  }
})

test('colours only when the terminal has them, and then only our own', () => {
  assert.doesNotMatch(show(exampleReport()), /\u001b/)
  const painted = show(exampleReport(), { terminal: { colors: true } })
  assert.match(painted, /\u001b\[31mCRITICAL\u001b\[39m/)
  const hostile = show(hostileReport(), { terminal: { colors: true } })
  assert.doesNotMatch(hostile.replace(/\u001b\[\d+m/g, ''), /\u001b/)
})

test('lists packages when asked', () => {
  assert.match(
    show(exampleReport(), { listAllPackages: true }),
    /Packages: 2[\s\S]*│ openssl +│ 3\.0\.11-1~deb12u1 +│ Apache-2\.0, GPL-2\+ +│/,
  )
})

test('a cell too narrow for its text wraps', () => {
  const rows = [[{ text: 'abcdefghij' }, { text: '한글 이름' }]]
  assert.deepEqual(
    drawGrid(
      [
        { title: 'A', minimum: 4 },
        { title: 'B', minimum: 4 },
      ],
      rows,
      16,
    ),
    [
      '┌──────┬───────┐',
      '│ A    │ B     │',
      '├──────┼───────┤',
      '│ abcd │ 한글  │',
      '│ efgh │ 이름  │',
      '│ ij   │       │',
      '└──────┴───────┘',
    ],
  )
})

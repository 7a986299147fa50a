import type { Command } from 'commander'
import { JennerError } from '../../base/errors.ts'
import type { Report, ReportVulnerability } from '../../base/model/report.ts'
import { severities } from '../../base/model/severity.ts'
import { paint, type Terminal, terminalOf } from '../../base/terminal.ts'
import { escapeText } from '../../base/text.ts'
import { allContent } from '../../reporting/formats/content.ts'
import { allVulnerabilities, countSeverities } from '../../reporting/formats/findings.ts'
import { explainReasons } from '../../reporting/formats/reasons.ts'
import type { ScanTarget } from '../../scan/options.ts'
import { addFlags } from '../add-flags.ts'
import type { Context } from '../context.ts'
import { explain } from '../errors.ts'
import { scanFlags } from '../flags.ts'
import { allFlags, runScan, type ScanSettings } from '../scan-verb.ts'

const maxImages = 20
const shown = 3

/** `jenner demo`: what this machine has, scanned: its Docker images, or else its own root. Exits 0 whatever it finds. */
export function define(command: Command, context: Context): void {
  addFlags(command, context, scanFlags).action(async () => {
    const settings = context.settings(command, allFlags)
    const terminal = terminalOf(context.stdout, context.env, settings.noColor)
    const started = performance.now()
    const targets = await findTargets(context)
    const reports: Report[] = []
    for (const target of targets) {
      if (context.signal.aborted) return
      const report = await scanOne(target, settings, context, terminal)
      if (report) reports.push(report)
    }
    await context.emit([closing(reports, performance.now() - started, context, terminal)])
  })
}

interface DemoTarget extends ScanTarget {
  title: string
}

/** Docker's images, newest first; where there is no Docker or no image, the root of this machine. Says what it looks at. */
async function findTargets(context: Context): Promise<DemoTarget[]> {
  const { listDockerImages } = await import('../../scan/image/sources/docker-api.ts')
  const images = await listDockerImages({ signal: context.signal }).catch(error => {
    if (error instanceof JennerError) return undefined
    throw error
  })
  if (images === undefined || images.length === 0) {
    const why = context.text(images === undefined ? 'demo.no_docker' : 'demo.no_images')
    await context.emit([`${why} ${context.text('demo.root')}\n\n`])
    return [{ kind: 'rootfs', name: '/', title: context.text('demo.this_machine') }]
  }
  const chosen = [...images].sort((a, b) => b.created - a.created).slice(0, maxImages)
  const left = images.length - chosen.length
  await context.emit([
    `${context.text('demo.images', { count: chosen.length })}${left > 0 ? ` ${context.text('demo.left', { count: left })}` : ''}\n\n`,
  ])
  return chosen.map(({ id, repoTags, size }) => {
    const name = repoTags[0] ?? id
    return { kind: 'image', name, title: `${name} (${(size / 1e6).toFixed(0)} MB)` }
  })
}

async function scanOne(
  target: DemoTarget,
  settings: ScanSettings,
  context: Context,
  terminal: Terminal,
): Promise<Report | undefined> {
  const started = performance.now()
  // Of a whole machine the packages: looking through every text of it for secrets is a matter of minutes, and nobody asked for it.
  const asked =
    target.name === '/'
      ? { ...settings, scanners: ['vuln'], skipDirs: [...settings.skipDirs, ...otherSystems] }
      : settings
  try {
    const report = await runScan({ kind: target.kind, name: target.name }, asked, context, false)
    await context.emit([summaryOf(target.title, report, performance.now() - started, context, terminal)])
    return report
  } catch (error) {
    if (!(error instanceof JennerError)) throw error
    const { lines } = explain(error, context.language, 'demo', settings.debug)
    await context.emit([`${paint(terminal, 'bold', escapeText(target.title))}\n  ${lines.join('\n  ')}\n\n`])
    return undefined
  }
}

/** Folders of a running machine that are not its own root file system: the kernel's views and the layers of containers. */
const otherSystems = ['proc', 'sys', 'dev', 'run', 'var/lib/docker', 'var/lib/containerd', 'var/lib/containers']

function summaryOf(title: string, report: Report, elapsed: number, context: Context, terminal: Terminal): string {
  const found = allVulnerabilities(report).map(({ vulnerability }) => vulnerability)
  const counts = countSeverities(found)
  const os = report.Metadata.OS
  const system = os ? `${escapeText(os.Family)} ${escapeText(os.Name)}` : '-'
  const total = [...severities]
    .reverse()
    .map(name => `${name}: ${counts[name]}`)
    .join(', ')
  const lines = [
    `${paint(terminal, 'bold', escapeText(title))}  ${system}  ${(elapsed / 1000).toFixed(1)} s`,
    `  ${context.text('report.vulnerabilities')}: ${found.length} (${total})`,
  ]
  const first = mostUrgent(found).slice(0, shown)
  if (first.length > 0)
    lines.push(`  ${context.text('report.fix_first')}:`, ...first.map(found => adviceLine(found, context)))
  const [secrets, malware] = [countOf(report, 'secret'), countOf(report, 'malware')]
  if (secrets > 0) lines.push(`  ${context.text('content.secrets')}: ${secrets}`)
  if (malware > 0) lines.push(`  ${context.text('content.malware')}: ${malware}`)
  if (report.Incomplete.length > 0)
    lines.push(`  ${context.text('demo.incomplete', { count: report.Incomplete.length })}`)
  return `${lines.join('\n')}\n\n`
}

function countOf(report: Report, kind: 'secret' | 'malware'): number {
  return allContent(report).filter(found => found.kind === kind).length
}

function mostUrgent(found: ReportVulnerability[]): ReportVulnerability[] {
  return [...found].sort((a, b) => a.Priority.rank - b.Priority.rank)
}

function adviceLine(found: ReportVulnerability, { language }: Context): string {
  const fix = found.FixedVersion ? ` → ${escapeText(found.FixedVersion)}` : ''
  const reasons = explainReasons(found.Priority.reasons, language)
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : ''
  return `    ${escapeText(found.VulnerabilityID)} ${found.Severity} ${escapeText(found.PkgName)} ${escapeText(found.InstalledVersion)}${fix}${why}`
}

function closing(reports: Report[], elapsed: number, context: Context, terminal: Terminal): string {
  const sum = reports.reduce((count, report) => count + allVulnerabilities(report).length, 0)
  const lines = [
    context.text('demo.done', { targets: reports.length, count: sum, seconds: (elapsed / 1000).toFixed(1) }),
  ]
  if (reports.some(({ Database }) => Database?.starter))
    lines.push(paint(terminal, 'yellow', context.text('report.starter')))
  lines.push(context.text('demo.next'))
  return `${lines.join('\n')}\n`
}

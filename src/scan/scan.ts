import { closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { readBoundedText } from '../base/bounded-file.ts'
import { JennerError } from '../base/errors.ts'
import type { Inventory } from '../base/model/inventory.ts'
import type { Report } from '../base/model/report.ts'
import { type InspectOptions, inspect } from './inspect/inspect.ts'
import type { ScanOptions, ScanTarget } from './options.ts'

/**
 * Scans a target: reads what is in it (in a process of its own), judges it against the advisories, ranks what remains.
 * What could not be read or judged is under `Incomplete`; only a target that is not there, an unusable database and wrong arguments throw (JennerError).
 */
export async function scan(target: ScanTarget, options: ScanOptions = {}): Promise<Report> {
  const now = options.now ?? new Date()
  const started = performance.now()
  const stop = new AbortController()
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal])
  const reading = readInventory(target, { ...options, signal })
  reading.catch(() => {})
  const bases = import('./known-bases.ts').then(({ knownBases }) => knownBases(target, { ...options, signal }))
  bases.catch(() => {})
  // While the other process reads, this one gets ready to judge.
  const { judge, advisories, decisions, baseline, referencedVex } = await prepare(target, options).catch(
    async error => {
      stop.abort()
      await reading.catch(() => {})
      throw error
    },
  )
  try {
    const inventory = await reading
    const { images: baseImages, incomplete } = await bases
    inventory.incomplete.push(...incomplete)
    decisions.push(...referencedVex(inventory, options.vexFiles))
    const read = performance.now()
    options.onProgress?.({ phase: 'match', bytes: 0 })
    let report = judge(inventory, advisories, {
      ...options,
      baseImages,
      decisions,
      ...(baseline && { baseline }),
      now,
    })
    if (advisories && options.compareBases?.length) {
      const { compareBases } = await import('./compare-bases.ts')
      report = await compareBases(
        report,
        inventory,
        advisories,
        { ...options, scanners: ['vuln'], baseImages, signal, now },
        readInventory,
      )
    }
    const done = performance.now()
    report.Timing = {
      ...inventory.timing,
      readMs: round(read - started),
      judgeMs: round(done - read),
      totalMs: round(done - started),
    }
    return report
  } finally {
    advisories?.close()
  }
}

/** The code and data that judging takes. */
async function prepare(target: ScanTarget, options: ScanOptions) {
  const { ignoreFiles, vexFiles, db, cacheDir, scanners, secretBaseline, offline, signal } = options
  const [{ judge, defaultScanners }, { readDecisionFiles, referencedVex }] = await Promise.all([
    import('./judge.ts'),
    import('./suppress.ts'),
  ])
  const decisions = await readDecisionFiles(ignoreFiles, vexFiles, {
    target,
    ...(offline && { offline }),
    ...(signal && { signal }),
    ...(options.maxMemory !== undefined && { maxMemory: options.maxMemory }),
  })
  const baseline =
    secretBaseline === undefined ? undefined : (await import('./baseline.ts')).readBaseline(secretBaseline)
  if (!(scanners ?? defaultScanners).includes('vuln'))
    return { judge, referencedVex, decisions, baseline, advisories: undefined }
  const { chooseAdvisories } = await import('./advisories/advisories.ts')
  return { judge, referencedVex, decisions, baseline, advisories: chooseAdvisories({ db, cacheDir }) }
}

/** Of a pipe: what the reader takes of a file. */
const maxSbomBytes = 512 * 1024 * 1024

/** Reads what a target holds: the first half of a scan. */
export async function readInventory(target: ScanTarget, options: ScanOptions): Promise<Inventory> {
  const request: InspectOptions = {}
  if (!options.noCache && options.cacheDir) request.cacheDir = options.cacheDir
  if (options.platform) request.platform = options.platform
  request.imageSources = target.source ? [target.source] : (options.imageSources ?? ['docker', 'containerd', 'podman'])
  if (options.registry) request.registry = options.registry
  if (options.offline) request.offline = true
  request.scanners = [...(options.scanners ?? ['vuln', 'secret'])]
  if (options.secretConfig !== undefined) request.secretConfig = await readSecretConfig(options.secretConfig)
  if (options.malwareRules) request.malwareRules = options.malwareRules
  if (options.maxArchiveSize !== undefined) request.maxArchiveSize = options.maxArchiveSize
  if (options.clamd !== undefined) request.clamd = options.clamd
  if (options.skipDirs) request.skipDirs = options.skipDirs
  if (options.skipFiles) request.skipFiles = options.skipFiles
  if (options.verifyDiffIds) request.verifyDiffIds = true
  if (options.keepFiles) request.keepFiles = true
  if (options.timeout !== undefined) request.timeout = options.timeout
  if (options.maxMemory !== undefined) request.maxMemory = options.maxMemory
  if (options.signal) request.signal = options.signal
  if (options.onProgress) request.onProgress = options.onProgress
  if (target.kind === 'sbom') return inspectSbom(target.name, request)
  if (target.kind === 'repo') {
    const { readRepository } = await import('./repository.ts')
    return readRepository(target, options, (name, cloned) =>
      inspect(
        { kind: 'repo', name },
        cloned ? { ...request, skipDirs: [...(request.skipDirs ?? []), '.git'] } : request,
      ),
    )
  }
  return inspect({ kind: target.kind, name: target.name }, request)
}

const maxSecretConfig = 1 << 20

/** Read and understood here, so that a mistake in it is told before anything is read. */
async function readSecretConfig(path: string): Promise<string> {
  let text: string
  try {
    text = readBoundedText(path, maxSecretConfig)
  } catch (cause) {
    throw new JennerError('bad_argument', path, cause)
  }
  const { configuredFinder } = await import('./secrets/config.ts')
  const [problem] = configuredFinder(text).problems
  if (problem !== undefined) throw new JennerError('bad_argument', `${path}: ${problem}`)
  return text
}

/** By the process that reads everything else. A pipe is first written into a file without a name, of which that process is given the path. */
async function inspectSbom(name: string, request: InspectOptions): Promise<Inventory> {
  if (name !== '-') return inspect({ kind: 'sbom', name }, request)
  const [{ openUnlinked }, { writeAll }] = await Promise.all([import('./image/content.ts'), import('./image/spool.ts')])
  const fd = openUnlinked(tmpdir())
  try {
    let size = 0
    // Not readFileSync(0): a pipe whose writer is slower than we are has nothing yet, which that takes for an error.
    for await (const piece of process.stdin as AsyncIterable<Buffer>) {
      if (size > maxSbomBytes) throw new JennerError('limit_exceeded', `${name} is larger than ${maxSbomBytes} bytes`)
      size = writeAll(fd, piece, size)
    }
    return await inspect({ kind: 'sbom', name, file: `/proc/${process.pid}/fd/${fd}` }, request)
  } finally {
    closeSync(fd)
  }
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}

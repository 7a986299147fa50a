import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readBoundedText } from '../base/bounded-file.ts'
import { JennerError } from '../base/errors.ts'
import type { Report } from '../base/model/report.ts'
import { parseReference } from '../scan/image/registry/reference.ts'
import { imagesOf } from '../scan/image-list/images-of.ts'
import { parseEnvFile } from '../scan/image-list/interpolate.ts'
import type { NamedImage } from '../scan/image-list/named-image.ts'
import type { Context } from './context.ts'
import { credentialVariables } from './credential-variables.ts'
import { explain } from './errors.ts'
import { createManyWriter, type Outcome } from './many-reports.ts'
import { chooseFormat } from './report-output.ts'
import { runScan, type ScanSettings } from './scan-verb.ts'
import { exitCodeOf } from './verdict.ts'

const maxFileBytes = 16 * 1024 * 1024
const incomplete = 3

/** One image to scan, and everywhere it is named. */
interface Wanted {
  image: string
  platform?: string
  places: string[]
  unresolved: string[]
}

/**
 * Scans every image that `files` name, each once: a report per image and a summary. The exit code is that of the first report that met the gate, else 3 where
 * an image could not be scanned. Credentials of JENNER_REGISTRY_* are not used: a file must not choose whom they are sent to.
 */
export async function scanMany(files: string[], settings: ScanSettings, context: Context): Promise<void> {
  const wanted = merge(files.flatMap(file => namedIn(file)))
  if (wanted.length === 0)
    throw new JennerError('target_not_found', context.text('sources.no_images', { file: files.join(', ') }))
  const { format } = chooseFormat(settings)
  const writer = createManyWriter(settings, context)
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !credentialVariables.includes(name)))
  const outcomes: Outcome[] = []
  for (const [index, one] of wanted.entries()) {
    context.signal.throwIfAborted()
    context.say(context.text('sources.scanning', { index: index + 1, count: wanted.length, image: one.image }))
    const scan = (): Promise<Report> =>
      runScan(
        // A name and nothing else: a file from elsewhere must not make us read archives or folders.
        { kind: 'image', name: one.image },
        { ...settings, ...(one.platform && { platform: one.platform }) },
        { ...context, env },
        format.needsPackages === true,
      )
    const outcome = await outcomeOf(one, scan, context, settings)
    outcomes.push(outcome)
    await writer.add(outcome)
  }
  await writer.end(outcomes)
  const codes = outcomes.map(({ exit }) => exit)
  context.exitCode =
    codes.find(code => code !== 0 && code !== incomplete) ?? (codes.includes(incomplete) ? incomplete : 0)
}

function namedIn(file: string): NamedImage[] {
  const env = join(dirname(file), '.env')
  const variables = existsSync(env) ? parseEnvFile(readText(env)) : new Map<string, string>()
  return imagesOf(readText(file), file, variables)
}

function readText(file: string): string {
  try {
    return file === '-' ? readFileSync(0, 'utf8') : readBoundedText(file, maxFileBytes)
  } catch (error) {
    if (error instanceof JennerError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new JennerError(code === 'ENOENT' ? 'target_not_found' : 'target_unreadable', file, error)
  }
}

function merge(named: NamedImage[]): Wanted[] {
  const wanted = new Map<string, Wanted>()
  for (const { image, platform, where, unresolved = [] } of named) {
    const key = `${image}\0${platform ?? ''}\0${unresolved.join()}`
    const known = wanted.get(key) ?? { image, places: [], unresolved, ...(platform && { platform }) }
    known.places.push(`${where.path}:${where.line}`)
    wanted.set(key, known)
  }
  return [...wanted.values()]
}

async function outcomeOf(
  { image, places, unresolved }: Wanted,
  scan: () => Promise<Report>,
  context: Context,
  settings: ScanSettings,
): Promise<Outcome> {
  const failed = (reason: string): Outcome => ({
    image,
    places,
    reason,
    report: emptyReport(image, reason),
    exit: incomplete,
  })
  if (unresolved.length > 0) return failed(context.text('sources.unresolved', { name: unresolved.join(', ') }))
  try {
    parseReference(image)
    const report = await scan()
    return { image, places, report, exit: exitCodeOf(report, settings) }
  } catch (error) {
    if (!(error instanceof JennerError) || error.code === 'usage' || context.signal.aborted) throw error
    const reason = explain(error, context.language, 'image', false).lines[0]!.replace(/^jenner: /, '')
    context.say(context.text('sources.failed', { image, reason }))
    return failed(reason)
  }
}

/** What is told of an image that could not be scanned: that, and nothing else. */
function emptyReport(image: string, reason: string): Report {
  return {
    SchemaVersion: 2,
    CreatedAt: new Date().toISOString(),
    ArtifactName: image,
    ArtifactType: 'container_image',
    Metadata: {},
    Results: [],
    Incomplete: [{ path: image, reason, code: 'unreadable' }],
    Suppressed: [],
    Timing: {},
  }
}

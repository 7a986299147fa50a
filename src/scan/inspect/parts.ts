import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { MalwareMatch, Scanner } from '../../base/model/content.ts'
import type { ContentPart } from './content-part.ts'
import type { InspectRequest } from './request.ts'

export interface OpenedParts {
  parts: ContentPart[]
  /** Rules that could not be used, scanners that are not there: `incomplete` of the scan. */
  problems: { path: string; code: 'malformed' | 'unsupported' | 'unreadable'; detail: string }[]
  close(): void
}

/** What `malware` keeps of a file: what the rules said of it. */
export interface MalwareValue {
  /** Path in the archive that the file is. */
  inner?: string
  sha256: string
  matches: MalwareMatch[]
}

/** The scanners of content that were asked for, their rules made ready. Each is loaded when it is used. */
export async function openParts(request: InspectRequest): Promise<OpenedParts> {
  const wanted = new Set<Scanner>(request.scanners)
  const opened: OpenedParts = { parts: [], problems: [], close() {} }
  if (wanted.has('secret')) opened.parts.push(await secretPart(request, opened))
  if (wanted.has('license')) opened.parts.push(await licensePart())
  if (wanted.has('malware')) await addMalware(request, opened)
  return opened
}

async function secretPart({ secretConfig }: InspectRequest, { problems }: OpenedParts): Promise<ContentPart> {
  const [{ standardFinder }, { createSecretVisitor }] = await Promise.all([
    import('../secrets/find.ts'),
    import('../secrets/visitor.ts'),
  ])
  let finder = standardFinder()
  if (secretConfig !== undefined) {
    const { configuredFinder } = await import('../secrets/config.ts')
    const configured = configuredFinder(secretConfig)
    finder = configured.finder
    for (const detail of configured.problems.slice(0, 100))
      problems.push({ path: 'secret rules', code: 'malformed', detail })
  }
  return {
    scanner: 'secret',
    digest: finder.digest,
    visit: (collector, { onFile, onFileDone }) =>
      createSecretVisitor(collector, { finder, ...(onFile && { onFile }), ...(onFileDone && { onFileDone }) }),
  }
}

async function licensePart(): Promise<ContentPart> {
  const { createLicenseVisitor, licenseDigest } = await import('../licenses/visitor.ts')
  return {
    scanner: 'license',
    digest: licenseDigest(),
    visit: (collector, { onFile, onFileDone }) =>
      createLicenseVisitor(collector, { ...(onFile && { onFile }), ...(onFileDone && { onFileDone }) }),
  }
}

async function addMalware(request: InspectRequest, opened: OpenedParts): Promise<void> {
  const [
    { openMalwareStore },
    { createMalwareVisitor },
    { openClamd },
    { defaultArchiveLimits },
    { createArchiveOpener },
  ] = await Promise.all([
    import('../malware/store.ts'),
    import('../malware/visitor.ts'),
    import('../malware/clamd/engine.ts'),
    import('../malware/archives/limits.ts'),
    import('../malware/archives/open.ts'),
  ])
  const archives = { ...defaultArchiveLimits, bytes: request.maxArchiveSize ?? defaultArchiveLimits.bytes }
  const clamd = request.clamd === undefined ? undefined : await openClamd(request.clamd)
  const store = openMalwareStore({
    folders: request.malwareRules ?? [],
    ...(request.cacheDir !== undefined && { cacheFolder: join(request.cacheDir, 'rules') }),
    ...(clamd && { engines: [clamd] }),
  })
  opened.close = () => store.close()
  if (store.yaraProblem !== undefined && store.yaraProblem !== 'no YARA rules')
    opened.problems.push({ path: 'malware rules', code: 'unsupported', detail: `YARA rules: ${store.yaraProblem}` })
  for (const { file, line, message } of store.problems.slice(0, 100))
    opened.problems.push({ path: line > 0 ? `${file}:${line}` : file, code: 'malformed', detail: message })
  opened.parts.push({
    scanner: 'malware',
    digest: createHash('sha256')
      .update(`${store.digest} ${createArchiveOpener(archives).digest}`)
      .digest('hex'),
    visit(collector, { onFile, onFileDone }) {
      const visitor = createMalwareVisitor(store, {
        collector,
        archives,
        ...(onFile && { onFile }),
        ...(onFileDone && { onFileDone }),
      })
      return {
        entry: entry => visitor.entry(entry),
        finish: () => ({
          facts: visitor.facts
            .filter(({ matches }) => matches.length > 0)
            .map(({ path, inner, sha256, matches }) => ({
              path,
              value: { ...(inner !== undefined && { inner }), sha256, matches } satisfies MalwareValue,
            })),
          problems: visitor.facts.flatMap(({ path, inner, problems }) =>
            problems.map(({ code, detail, notice }) => ({
              path: inner === undefined ? path : `${path}!${inner}`,
              code,
              detail: `malware: ${detail}`,
              ...(notice && { notice }),
            })),
          ),
        }),
      }
    },
  })
}

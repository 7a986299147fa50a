/**
 * The process that reads an artifact: started by inspect.ts with limits on memory, time and open files and without a network. It is given its request
 * on standard input and answers on descriptor 3; descriptor 4 says which file it is parsing, descriptor 5 brings what it asked for.
 */
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { JennerError } from '../../base/errors.ts'
import { takeOwnImports } from '../../base/own-imports.ts'
import { currentFileWriter } from './current-file.ts'
import { writeFrame } from './frames.ts'
import type { WorkerOrder, WorkerReport } from './messages.ts'
import type { InspectProgress } from './request.ts'
import { layerRequests } from './supply.ts'

const progressMs = 100

const report = (message: WorkerReport): void => writeFrame(3, message)

async function main(): Promise<void> {
  const { request, skip } = deserialize(readFileSync(0)) as WorkerOrder
  const current = currentFileWriter(4)
  let whole = false
  try {
    if (request.target.kind === 'sbom') {
      const { readSbomFile } = await import('./sbom-reader.ts')
      return report({ kind: 'inventory', inventory: readSbomFile(request.target), whole: true })
    }
    const { runInspection } = await import('./run.ts')
    const inventory = await runInspection(request, {
      skip: new Set(skip),
      ...(request.remote && { supply: layerRequests(5, (index, next) => report({ kind: 'layer', index, next })) }),
      onWhole: () => {
        whole = true
      },
      onFile: current.begin,
      onFileDone: current.end,
      onProgress: throttled(progress => report({ kind: 'progress', progress })),
      onArtifact: artifact => report({ kind: 'artifact', artifact }),
    })
    report({ kind: 'inventory', inventory, whole })
  } catch (error) {
    const known = error instanceof JennerError ? error : new JennerError('internal', describe(error))
    report({ kind: 'error', code: known.code, detail: known.detail })
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function throttled(tell: (progress: InspectProgress) => void): (progress: InspectProgress) => void {
  let told = 0
  return progress => {
    const now = performance.now()
    if (now - told < progressMs) return
    told = now
    tell(progress)
  }
}

takeOwnImports()
await main()
process.exit(0)

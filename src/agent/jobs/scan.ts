import { readInventory } from '../../scan/scan.ts'
import type { JobHandler } from '../work.ts'

export interface ScanJobOptions {
  cacheDir: string
  /** `vuln`, `secret` … */
  scanners(): readonly string[]
}

/** Reads an image of this machine, or the machine itself, in a process of its own; the server judges what is found. */
export function scanJob({ cacheDir }: ScanJobOptions): JobHandler {
  return async (job, progress, signal) => {
    const target =
      job.kind === 'scan_host'
        ? ({ kind: 'rootfs', name: '/' } as const)
        : ({ kind: 'image', name: job.target } as const)
    const inventory = await readInventory(target, {
      cacheDir,
      signal,
      keepFiles: true,
      onProgress: ({ phase, bytes, totalBytes }) =>
        progress({ phase, done: bytes, ...(totalBytes !== undefined && { total: totalBytes }) }),
    })
    return { inventory }
  }
}

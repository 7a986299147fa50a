import { parentPort } from 'node:worker_threads'
import { zstdDecompressSync } from 'node:zlib'
import type { Advisories } from '../../base/model/advisory.ts'
import type { Scanner } from '../../base/model/content.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import { chooseAdvisories } from '../../scan/advisories/advisories.ts'
import { createMemo } from '../../scan/advisories/match/memo.ts'
import { judge } from '../../scan/judge.ts'
import { type Judged, judgedOf } from './judged.ts'

/** Asked of the judge's thread. */
export type JudgeRequest =
  | { kind: 'open'; number: number; db?: string; cacheDir?: string }
  | { kind: 'judge'; number: number; body: Uint8Array; scanners: Scanner[]; now: number; digest: string }
export type JudgeAnswer = { number: number } & ({ error: string; code: string } | { info: Advisories['info'] } | Judged)

let advisories: Advisories | undefined
/** Flaws whose texts were told since the advisories were opened. */
const told = new Set<string>()
let memo = createMemo()
let memoDay = 0

parentPort?.on('message', (request: JudgeRequest) => {
  try {
    parentPort!.postMessage({ number: request.number, ...(request.kind === 'open' ? open(request) : judged(request)) })
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string }
    // Texts may have been read that were not told.
    memo = createMemo()
    parentPort!.postMessage({ number: request.number, error: message, code })
  }
})

function open({ db, cacheDir }: { db?: string; cacheDir?: string }): { info: Advisories['info'] } {
  advisories?.close()
  advisories = undefined
  told.clear()
  memo = createMemo()
  advisories = chooseAdvisories({ db, cacheDir })
  return { info: advisories.info }
}

function judged({ body, scanners, now, digest }: Extract<JudgeRequest, { kind: 'judge' }>): Judged {
  const text = zstdDecompressSync(body, { maxOutputLength: 1 << 30 }).toString('utf8')
  const inventory = JSON.parse(text) as Inventory
  const day = Math.floor(now / 86_400_000)
  if (day !== memoDay) memo = createMemo()
  memoDay = day
  const report = judge(inventory, advisories, { listAllPackages: false, scanners, now: new Date(now), memo })
  const result = judgedOf(report, inventory, told)
  for (const { id } of result.flaws) told.add(id)
  return result.digest === digest ? { ...result, findings: [], same: true } : result
}

import fc from 'fast-check'
import type { AnyExtractor, FoundPackage } from '../../../base/model/ecosystem.ts'
import { memoryFile } from '../../image/content.ts'

/** What an extractor makes of one file that stands alone, its facts kept as a cache keeps them. */
export function readAlone(extractor: AnyExtractor, path: string, bytes: Uint8Array): FoundPackage[] {
  const facts: unknown = extractor.parse(memoryFile({ path, size: bytes.length, mode: 0o755 }, bytes))
  if (facts === undefined) return []
  const kept: unknown = JSON.parse(JSON.stringify(facts))
  const view = { files: [{ path, facts: kept }], get: (asked: string) => (asked === path ? kept : undefined) }
  return extractor.assemble ? extractor.assemble(view) : (kept as FoundPackage[])
}

/** A sample with bytes within `reach` of its beginning changed, cut out and repeated. */
export function damagedOf(samples: readonly (readonly [path: string, content: string | Buffer])[], reach: number) {
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(reach), fc.nat(255), fc.nat(20)), { maxLength: 8 }))
    .map(([[path, sample], edits]) => {
      let bytes = Buffer.from(sample as string)
      for (const [at, value, length] of edits) {
        const from = at % (bytes.length + 1)
        bytes = Buffer.concat([
          bytes.subarray(0, from),
          Buffer.alloc(length, value),
          bytes.subarray(from + (value % 7)),
        ])
      }
      return [path, bytes] as const
    })
}

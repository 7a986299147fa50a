import type { LicenseGuess } from '../../base/model/content.ts'
import type { IncompleteCode } from '../../base/model/inventory.ts'
import type { ArchiveEntry, LayerVisitor } from '../../base/model/visitor.ts'
import type { Collector } from '../image/content.ts'
import { classifierDigest, classifyLicense } from './classify.ts'

export interface LicenseVisitor extends LayerVisitor {
  finish(): {
    facts: { path: string; value: LicenseGuess[] }[]
    problems: { path: string; code: IncompleteCode; detail: string }[]
  }
}

const maxBytes = 1024 * 1024
/** `LICENSE`, `LICENSE-MIT`, `LICENCE.txt`, `COPYING.LESSER`, `MIT-LICENSE`, `UNLICENSE`, `NOTICE`: what people call the text of a licence. */
const names = /^(?:[\w.-]{0,40}[-_.])?(?:un)?(?:licen[cs]es?|copying)(?:[-_.][\w.-]{0,40})?$|^notice(?:\.(?:txt|md))?$/i
/** Programs and pages about licences. */
const code =
  /\.(?:[cm]?[jt]sx?|py|rb|go|java|php|pl|sh|c|h|rs|json|ya?ml|xml|html?|css|map|png|svg|gz|lua|tcl|so|class|pyc)$/i

export function licenseDigest(): string {
  return classifierDigest()
}

export function wantsLicense({ type, whiteout, size, path }: ArchiveEntry): boolean {
  if (type !== 'file' || whiteout !== undefined || size < 20 || size > maxBytes) return false
  const name = path.slice(path.lastIndexOf('/') + 1)
  return names.test(name) && !code.test(name)
}

/** Says which licences the licence texts of a layer or folder hold. */
export function createLicenseVisitor(
  collector: Collector,
  options: { onFile?: (path: string) => void; onFileDone?: () => void } = {},
): LicenseVisitor {
  const found = new Map<string, LicenseGuess[]>()
  const problems: ReturnType<LicenseVisitor['finish']>['problems'] = []
  return {
    entry(entry) {
      if (!wantsLicense(entry)) return undefined
      return collector.sink(
        entry,
        file => {
          options.onFile?.(entry.path)
          const guesses = classifyLicense(file.text())
          if (guesses.length > 0) found.set(entry.path, guesses)
          else found.delete(entry.path)
          options.onFileDone?.()
        },
        {
          maxBytes,
          onBroken: received =>
            problems.push({ path: entry.path, code: 'truncated', detail: `${received} of ${entry.size} bytes` }),
        },
      )
    },
    finish: () => ({ facts: [...found].map(([path, value]) => ({ path, value })), problems }),
  }
}

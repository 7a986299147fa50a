import { MiB } from '../../base/limits.ts'
import type { Secret } from '../../base/model/content.ts'
import type { ContentFile } from '../../base/model/ecosystem.ts'
import type { IncompleteCode } from '../../base/model/inventory.ts'
import type { ArchiveEntry, EntrySink, LayerVisitor } from '../../base/model/visitor.ts'
import { maxSpans } from '../../base/regex.ts'
import type { Collector } from '../image/content.ts'
import { isUtf16, looksLikeText, wantsSecretScan } from './files.ts'
import { type SecretFinder, standardFinder } from './find.ts'
import { maxSecrets, maxStreamBytes, type StreamResult, secretStream } from './stream.ts'

export interface SecretVisitor extends LayerVisitor {
  finish(): {
    facts: { path: string; value: Secret[] }[]
    problems: { path: string; code: IncompleteCode; detail: string }[]
  }
}

export interface SecretVisitorOptions {
  finder?: SecretFinder
  /** Told before a file is looked through, and after it. */
  onFile?: (path: string) => void
  onFileDone?: () => void
}

/** Larger texts are looked through as they stream by. */
const gatherBytes = 8 * MiB

/** Looks for secrets in the texts of a layer or folder as they pass. */
export function createSecretVisitor(collector: Collector, options: SecretVisitorOptions = {}): SecretVisitor {
  const { finder = standardFinder(), onFile, onFileDone } = options
  const found = new Map<string, Secret[]>()
  const problems: ReturnType<SecretVisitor['finish']>['problems'] = []
  const keep = (path: string, secrets: Secret[]): void => {
    // A later entry of the same path replaces the earlier one.
    if (secrets.length > 0) found.set(path, secrets)
    else found.delete(path)
    if (secrets.length >= maxSecrets)
      problems.push({ path, code: 'too_many', detail: `secrets: the first ${maxSecrets} of the file` })
  }
  const broken = (path: string, detail: string): void => void problems.push({ path, code: 'truncated', detail })

  const tellCut = (path: string, rules: Iterable<string>): void => {
    for (const rule of rules)
      problems.push({ path, code: 'too_many', detail: `secrets: the first ${maxSpans} places of the rule ${rule}` })
  }

  const whole = (file: ContentFile): void => {
    onFile?.(file.path)
    const bytes = file.read(0, file.size)
    const cut = new Set<string>()
    keep(
      file.path,
      finder.find(isUtf16(bytes) ? Buffer.from(file.text()) : bytes, file.path, rule => cut.add(rule)),
    )
    tellCut(file.path, cut)
    onFileDone?.()
  }
  const streamed = ({ path }: ArchiveEntry, { secrets, cut, cutRules, complete }: StreamResult): void => {
    if (cut) problems.push({ path, code: 'too_large', detail: `secrets: the first ${maxStreamBytes} bytes` })
    tellCut(path, cutRules)
    if (!complete) broken(path, 'secrets: the file breaks off')
    keep(path, secrets)
    onFileDone?.()
  }
  const sinkFor = (entry: ArchiveEntry): EntrySink =>
    entry.size <= gatherBytes
      ? collector.sink(entry, whole, { onBroken: received => broken(entry.path, `${received} of ${entry.size} bytes`) })
      : secretStream(
          finder,
          entry.path,
          result => streamed(entry, result),
          () => onFile?.(entry.path),
        )

  return {
    entry: entry => (wantsSecretScan(entry) ? ifText(() => sinkFor(entry)) : undefined),
    finish: () => ({ facts: [...found].map(([path, value]) => ({ path, value })), problems }),
  }
}

/** A sink that asks for another when the first bytes are text's. */
function ifText(make: () => EntrySink): EntrySink {
  let inner: EntrySink | undefined
  let decided = false
  return {
    write(chunk) {
      if (!decided && chunk.length > 0) {
        decided = true
        if (looksLikeText(chunk)) inner = make()
      }
      inner?.write(chunk)
    },
    end: complete => inner?.end(complete),
  }
}

import type { Scanner } from '../../base/model/content.ts'
import type { LayerVisitor } from '../../base/model/visitor.ts'
import type { Collector } from '../image/content.ts'
import type { CollectOptions } from '../inventory/collect.ts'
import type { Problem } from '../inventory/layer-facts.ts'

/** What one scanner found in one layer: plain data, kept under the layer's digest and the digest of the scanner's rules. */
export interface PartFacts {
  facts: { path: string; value: unknown }[]
  problems: Problem[]
}

/** A visitor that looks at the content of a layer; `finish` gives what it found. */
export interface PartVisitor extends LayerVisitor {
  finish(): PartFacts
}

/** One scanner of content, beside the package extractors in the same reading. */
export interface ContentPart {
  scanner: Scanner
  /** Changes whenever a rule, or what facts look like, does: part of the cache key. */
  digest: string
  visit(collector: Collector, hooks: CollectOptions): PartVisitor
}

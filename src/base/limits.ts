import type { ReadLimits } from './model/visitor.ts'

export const MiB = 1024 * 1024
export const GiB = 1024 * MiB

/** What one layer or folder may cost when nobody says otherwise. The largest images seen in the field stay an order of magnitude below. */
export const defaultReadLimits: Readonly<ReadLimits> = {
  maxEntries: 10_000_000,
  maxLayerBytes: 64 * GiB,
  maxRatio: 1000,
  maxPathLength: 4096,
  deadline: Number.POSITIVE_INFINITY,
}

/** Inflated bytes that no ratio forbids: a layer that is one long run of zeros (a swap file, `lastlog`) is legitimate and cheap to skip. */
export const ratioFreeBytes = 64 * MiB

export function withDefaults(limits: Partial<ReadLimits> = {}): ReadLimits {
  return { ...defaultReadLimits, ...limits }
}

/** Limits on what is read from feeds, which are foreign data. */
export const inputLimits = {
  /** Largest file held in memory as a whole; larger ones are streamed or refused. */
  maxHeld: 48 * 1024 * 1024,
  /** Largest JSON document parsed as a whole. */
  maxDocument: 24 * 1024 * 1024,
  /** Largest unpacked file, streamed. */
  maxFile: 4 * 1024 ** 3,
  /** Entries of one archive. */
  maxEntries: 2_000_000,
  /** Archives within archives. */
  maxDepth: 3,
  headLength: 64 * 1024,
} as const

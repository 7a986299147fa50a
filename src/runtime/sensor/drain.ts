/** What draining needs of a ring. */
export interface RecordSource {
  look(): void
  next(): number
  readonly length: number
  readonly data: Buffer
  skip(): void
  publish(): void
}

/**
 * Hands over at most `limit` records of all sources, the oldest first: a file that was opened before an exec is told before it, whatever ring it lies on.
 * A record's time is its first eight bytes. The bytes are the kernel's again once this returns. Gives the number of records.
 */
export function drain(
  sources: readonly RecordSource[],
  limit: number,
  each: (data: Buffer, start: number, end: number) => void,
): number {
  for (const source of sources) source.look()
  let count = 0
  while (count < limit) {
    let oldest: RecordSource | undefined
    let at = -1
    let time = 0
    for (const source of sources) {
      const start = source.next()
      if (start < 0) continue
      const when = source.data.readUInt32LE(start + 4) * 2 ** 32 + source.data.readUInt32LE(start)
      if (oldest && when >= time) continue
      oldest = source
      at = start
      time = when
    }
    if (!oldest) break
    each(oldest.data, at, at + oldest.length)
    oldest.skip()
    count++
  }
  for (const source of sources) source.publish()
  return count
}

import { readFileSync } from 'node:fs'
import koffi from 'koffi'

/** Gives memory back to the system that nothing here needs any more. */
export interface Trimmer {
  /** What C libraries and the engine's compilers have freed: a millisecond. Does nothing where the C library has no malloc_trim(3). */
  freed(): void
  /** Pages of Node's own file that starting something has read: those that the work needs come back from the file's cache. Some milliseconds; to be called now and then. */
  program(): void
}

const dontNeed = 4

export function createTrimmer(): Trimmer {
  const trim = found('int malloc_trim(size_t)')
  const advise = found('int madvise(uint64_t, size_t, int)')
  return {
    freed: () => void trim?.(0),
    program() {
      if (!advise) return
      for (const { start, length } of cleanPages(readFileSync('/proc/self/smaps', 'latin1'), process.execPath))
        advise(start, length, dontNeed)
    },
  }
}

function found(prototype: string): ((...given: (number | bigint)[]) => number) | undefined {
  try {
    return koffi.load('libc.so.6').func(prototype)
  } catch {
    return undefined
  }
}

/**
 * Mappings of one file, private and not writable, of which every page is still the file's: what is given up of them is read again. One with a page of its own (an address that the loader has put in place)
 * would lose it. A file that stays mapped for as long as the process lives, that is: a library could be gone in the meantime, and something else be there. Of /proc/PID/smaps as proc(5) describes it.
 */
export function cleanPages(smaps: string, path: string): { start: bigint; length: number }[] {
  const clean: { start: bigint; length: number }[] = []
  for (const [, start, end, name, body] of smaps.matchAll(region)) {
    if (name !== path || !/^Anonymous: +0 kB$/m.test(body!)) continue
    const from = BigInt(`0x${start}`)
    clean.push({ start: from, length: Number(BigInt(`0x${end}`) - from) })
  }
  return clean
}

/** `00400000-00c00000 r-xp 00000000 00:10 42   /usr/bin/node`, and the lines of `Name: value` below it. */
const region = /^([0-9a-f]+)-([0-9a-f]+) r-[-x]p [0-9a-f]+ \S+ [1-9]\d* +(\/.*)\n((?:[A-Z]\w*:.*\n)*)/gm

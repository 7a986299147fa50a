import type { Measure } from './measure.ts'

/** One promise, and what was measured. */
export interface Bar {
  what: string
  limit: number
  measured: number
  unit: '×' | 's' | 'MiB'
}

/** Peak memory in MiB: of an everyday image, and of one that is made to be large. */
const everyday = 300
const extreme = 400

/** The bars of an image of which the results carry the names that bench/scan.ts gives them. */
export function barsOf(image: string, results: Record<string, Measure>): Bar[] {
  const igzip = results.igzip!.wall
  const bars: Bar[] = []
  for (const [label, limit] of [
    ['gzip', 1.8],
    ['zstd', 1.3],
  ] as const) {
    const cold = results[`${label} jenner image`]
    const again = results[`${label} the same again`]
    if (!cold || !again) continue
    const large = image === 'large' || image === 'tiny-files'
    const what = `${image}, ${label}`
    if (!large) {
      bars.push({ what: `${what}: wall to igzip of the gzip layers`, limit, measured: cold.wall / igzip, unit: '×' })
      bars.push({ what: `${what}: known layers`, limit: 0.4, measured: again.wall / 1000, unit: 's' })
    }
    const pss = Math.max(cold.pss, again.pss)
    bars.push({
      what: `${what}: peak memory (PSS of the tree)`,
      limit: large ? extreme : everyday,
      measured: pss,
      unit: 'MiB',
    })
  }
  return bars
}

/** The bars of all scanners together, of which the results carry the names that `benchScanners` gives them. */
export function contentBars(results: Record<string, Measure>): Bar[] {
  const { all, 'all again': again } = results
  return [
    { what: 'all scanners: peak memory (PSS of the tree)', limit: everyday, measured: all!.pss, unit: 'MiB' },
    { what: 'all scanners again: wall to the first time', limit: 0.5, measured: again!.wall / all!.wall, unit: '×' },
  ]
}

/** The second start of `--version` against a Node that does nothing. */
export function versionBar({ version, empty }: Record<string, Measure>): Bar {
  return { what: 'jenner --version to an empty node', limit: 1.5, measured: version!.wall / empty!.wall, unit: '×' }
}

export function barLine({ what, limit, measured, unit }: Bar): string {
  const digits = unit === 'MiB' ? 0 : 2
  const verdict = measured <= limit ? 'pass' : 'FAIL'
  return `${verdict}  ${what.padEnd(56)} ${measured.toFixed(digits).padStart(7)} ${unit.padEnd(3)} ≤ ${limit} ${unit}`
}

import fc from 'fast-check'
import { YAMLError } from 'yaml'
import { JennerError } from '../../src/base/errors.ts'
import type { FuzzTarget } from './target.ts'
import { targets } from './targets.ts'

export interface FuzzOptions {
  seconds: number
  seed: number
  /** Only the target of this name. */
  only?: string
  list?: readonly FuzzTarget[]
}

export interface FuzzFailure {
  target: string
  round: number
  message: string
  /** base64 */
  input: string
}

const inputsPerRound = 50
/** No input is larger than some kilobytes: whatever takes this long does not grow linearly. */
const slowMs = 3000

/**
 * Feeds mutated samples to readers, in turn, until the time is over or one fails. A reader may answer, or, where its target says so, refuse by a JennerError or a syntax error; anything else, and
 * whatever takes long, is a failure. A round's inputs follow from the seed and the round alone.
 */
export function fuzz({ seconds, seed, only, list = targets }: FuzzOptions) {
  const chosen = list.filter(({ name }) => only === undefined || name === only)
  if (chosen.length === 0) throw new JennerError('bad_argument', `no target is called ${only}`)
  const runs = new Map<string, number>(chosen.map(({ name }) => [name, 0]))
  const failures: FuzzFailure[] = []
  const end = performance.now() + seconds * 1000
  for (let round = 0; failures.length === 0 && performance.now() < end; round++) {
    for (const target of chosen) {
      if (performance.now() >= end) break
      for (const input of fc.sample(mutated(target.samples), { seed: (seed + round) | 0, numRuns: inputsPerRound })) {
        runs.set(target.name, runs.get(target.name)! + 1)
        const message = faultOf(target, input)
        if (message !== undefined)
          failures.push({ target: target.name, round, message, input: input.toString('base64') })
      }
    }
  }
  return { runs, failures }
}

function faultOf({ read, mayThrow }: FuzzTarget, input: Buffer): string | undefined {
  const start = performance.now()
  try {
    read(input)
  } catch (error) {
    if (!(mayThrow && [JennerError, SyntaxError, YAMLError].some(kind => error instanceof kind))) return String(error)
  }
  const elapsed = performance.now() - start
  return elapsed > slowMs ? `took ${Math.round(elapsed)} ms` : undefined
}

/** Numbers at the edges of what fields hold, and what texts choke on. */
const spice = [
  '\0',
  '\xff\xff\xff\xff',
  '\x7f\xff\xff\xff',
  '__proto__',
  '{',
  '[[',
  '"',
  '\r',
  '\n\n',
  '&a;',
  '99999999999999999999',
  '../',
  '\x1b[2J',
]

/** A sample, with pieces of it overwritten, cut out, repeated, or spiced. */
function mutated(samples: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const edit = fc.tuple(
    fc.nat(1_000_000),
    fc.nat(255),
    fc.nat(24),
    fc.constantFrom('set', 'cut', 'repeat', 'spice', 'end'),
  )
  return fc.tuple(fc.constantFrom(...samples), fc.array(edit, { maxLength: 6 })).map(([sample, edits]) => {
    let bytes = Buffer.from(sample)
    for (const [where, value, length, kind] of edits) {
      const at = where % (bytes.length + 1)
      const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
      if (kind === 'set') bytes.fill(value, at, Math.min(at + length, bytes.length))
      else if (kind === 'cut') bytes = Buffer.concat([before, after.subarray(length)])
      else if (kind === 'repeat') bytes = Buffer.concat([before, after.subarray(0, length), after])
      else if (kind === 'spice')
        bytes = Buffer.concat([before, Buffer.from(spice[value % spice.length]!, 'latin1'), after])
      else bytes = Buffer.from(before)
    }
    return bytes
  })
}

import { steadiness, thresholds } from './thresholds.ts'

/** What a container's cgroup has used so far: `cpuacct.usage`, or `usage_usec` of `cpu.stat`. */
export interface CpuReading {
  containerId: string
  /** Nanoseconds since the epoch, or any clock that goes on. */
  time: bigint
  /** Nanoseconds of CPU since the container began. */
  used: bigint
  /** Cores that it may use: its quota, or the machine's. */
  cores: number
}

/** Shares of one container, since they are high and even. */
export interface CpuState {
  last?: CpuReading
  since?: bigint
  lowest: number
  highest: number
}

export function createCpuState(): CpuState {
  return { lowest: 1, highest: 0 }
}

/** Takes a reading in. Answers the mean share once it has been high and even for long enough, once for each such time. */
export function takeReading(state: CpuState, reading: CpuReading): { share: number; seconds: number } | undefined {
  const { last } = state
  state.last = reading
  if (last === undefined) return undefined
  const passed = reading.time - last.time
  const used = reading.used - last.used
  // A restart, or a clock that went back.
  if (passed <= 0n || used < 0n) return restart(state)
  const share = Number(used) / Number(passed) / Math.max(0.01, reading.cores)
  if (share < thresholds['jenner.sustained_cpu'].value) return restart(state)
  state.since ??= last.time
  state.lowest = Math.min(state.lowest, share)
  state.highest = Math.max(state.highest, share)
  if (state.highest - state.lowest > steadiness) return restart(state)
  const seconds = Number((reading.time - state.since) / 1_000_000_000n)
  if (seconds < thresholds['jenner.sustained_cpu'].seconds) return undefined
  const mean = (state.lowest + state.highest) / 2
  restart(state)
  return { share: mean, seconds }
}

function restart(state: CpuState): undefined {
  delete state.since
  state.lowest = Number.POSITIVE_INFINITY
  state.highest = 0
  return undefined
}

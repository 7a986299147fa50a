import { readFileSync } from 'node:fs'
import type { ContainerInfo, Process, RuntimeEvent } from '../../base/model/runtime.ts'
import type { CpuReading } from '../detect/cpu.ts'

export interface ContainerCpuOptions {
  containers(): readonly ContainerInfo[]
  /** Nanoseconds that a container's cgroup has used so far, by a process of it; undefined when it is gone. */
  used(pid: number): bigint | undefined
  processOf(pid: number): Process | undefined
  /** Takes a reading in; what it answers is judged. */
  reading(reading: CpuReading, process: Process): readonly RuntimeEvent[]
  judge(event: RuntimeEvent): void
  /** Of the machine. */
  cores: number
}

/** Readings once a minute: shorter ones differ too much to be called even. */
const every = 60_000

/** Reads how much processor time every container has used, for detections over long times. To be called with the time of day in ms, often. */
export function watchContainerCpu(options: ContainerCpuOptions): (now: number) => void {
  let looked = 0
  return now => {
    if (now - looked >= 0 && now - looked < every) return
    looked = now
    const time = process.hrtime.bigint()
    for (const { id, pid, cpuLimit } of options.containers()) {
      const used = pid > 0 ? options.used(pid) : undefined
      const first = used === undefined ? undefined : options.processOf(pid)
      if (used === undefined || first === undefined || first.containerId !== id) continue
      const cores = cpuLimit !== undefined && cpuLimit > 0 ? cpuLimit : options.cores
      for (const event of options.reading({ containerId: id, time, used, cores }, first))
        options.judge({ ...event, time: BigInt(now) * 1_000_000n })
    }
  }
}

/** The file that tells a cgroup's use, version 1 or 2, from /proc/PID/cgroup; and how its text is read. */
export function usageFile(cgroups: string): { path: string; read(text: string): bigint | undefined } | undefined {
  const lines = cgroups.split('\n').map(line => /^\d+:([^:]*):(\/.*)$/.exec(line))
  const first = lines.find(found => found?.[1]?.split(',').includes('cpuacct'))
  if (first) return { path: `/sys/fs/cgroup/cpuacct${first[2]}/cpuacct.usage`, read: nanoseconds }
  const unified = lines.find(found => found?.[1] === '')
  return unified ? { path: `/sys/fs/cgroup${unified[2]}/cpu.stat`, read: ofStat } : undefined
}

/** Nanoseconds used by the cgroup of a process, as this machine tells it. */
export function cgroupUse(pid: number): bigint | undefined {
  try {
    const file = usageFile(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))
    return file?.read(readFileSync(file.path, 'utf8'))
  } catch {
    return undefined
  }
}

function nanoseconds(text: string): bigint | undefined {
  return /^\d{1,30}\s*$/.test(text) ? BigInt(text.trim()) : undefined
}

/** `cpu.stat` of cgroup version 2: `usage_usec N`. */
function ofStat(text: string): bigint | undefined {
  const found = /^usage_usec (\d{1,30})$/m.exec(text)
  return found ? BigInt(found[1]!) * 1000n : undefined
}

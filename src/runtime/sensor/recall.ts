import type { Process } from '../../base/model/runtime.ts'
import { header } from './layout.ts'
import type { ProcessTable } from './processes.ts'

interface Known {
  process: Process
  pid: number
  /** Start and cgroup as the record has them: two words each. */
  words: Int32Array
}

/** By pid, at most so many. */
const places = 256

/** Finds the process of a record that is like the last one of its pid without looking at anything else. */
export interface Recall {
  find(data: Buffer, start: number, pid: number): Process | undefined
  keep(data: Buffer, start: number, process: Process): void
}

export function createRecall(processes: ProcessTable): Recall {
  const known = new Array<Known | undefined>(places).fill(undefined)
  return {
    find(data, start, pid) {
      const found = known[pid & (places - 1)]
      if (found === undefined || found.pid !== pid || processes.find(pid) !== found.process) return undefined
      const { words } = found
      const same =
        words[0] === data.readInt32LE(start + header.started) &&
        words[1] === data.readInt32LE(start + header.started + 4) &&
        words[2] === data.readInt32LE(start + header.cgroup) &&
        words[3] === data.readInt32LE(start + header.cgroup + 4)
      return same ? found.process : undefined
    },
    keep(data, start, process) {
      const words = Int32Array.of(
        data.readInt32LE(start + header.started),
        data.readInt32LE(start + header.started + 4),
        data.readInt32LE(start + header.cgroup),
        data.readInt32LE(start + header.cgroup + 4),
      )
      known[process.pid & (places - 1)] = { process, pid: process.pid, words }
    },
  }
}

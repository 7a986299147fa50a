import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'

/** How far above an event the health check's own process may be. */
const reach = 4

/** Whether the process is the container's health check, or one that the check started. */
export function isHealthcheck({ process, container }: RuntimeEvent): boolean {
  const wanted = container?.healthcheck
  if (!wanted) return false
  let at: Process | undefined = process
  for (let step = 0; step < reach && at; step++) {
    if (at.containerId === process.containerId && runs(at, wanted)) return true
    at = at.parent
  }
  return false
}

/** A check is a command line, run as it is or by `sh -c`. */
function runs({ exe, args }: Process, wanted: string): boolean {
  const line = args.join(' ')
  return line === wanted || `${exe} ${line}` === wanted || line === `-c ${wanted}`
}

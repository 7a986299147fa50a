import { maskText } from '../../base/mask.ts'
import type { Incident, Process, RuntimeEvent } from '../../base/model/runtime.ts'

/** How many ancestors an incident shows and is told apart by. */
const maxDepth = 12
const maxLine = 2048

/** From the eldest known ancestor inside of the same container down to the process itself, masked. */
export function lineageOf(process: Process): Incident['lineage'] {
  return chain(process).map(({ pid, comm, args }) => ({
    pid,
    comm,
    cmdline: maskText([comm, ...args].join(' ').slice(0, maxLine)),
  }))
}

/**
 * What makes two processes of one lineage: the programs from the eldest ancestor down. Pids do not count, so that a job that runs every minute is one
 * incident, nor how often a program calls itself.
 */
export function lineageKey(process: Process): string {
  const known = keys.get(process)
  if (known && known.comm === process.comm && known.parent === process.parent?.comm) return known.key
  const names = chain(process).map(({ exepath, comm }) => exepath || comm)
  const key = names.filter((name, index) => name !== names[index - 1]).join('>')
  keys.set(process, { comm: process.comm, parent: process.parent?.comm, key })
  return key
}

const keys = new WeakMap<Process, { comm: string; parent: string | undefined; key: string }>()

function chain(process: Process): Process[] {
  const found: Process[] = []
  for (let at: Process | undefined = process; at && found.length < maxDepth; at = at.parent) {
    if (at.containerId !== process.containerId) break
    found.unshift(at)
  }
  return found
}

/** Whose containers an event's is one of: pod, compose service, or the container by its name; `host` outside. */
export function workloadOf({ container, process }: RuntimeEvent): string {
  if (container?.pod) return `${container.pod.namespace}/${container.pod.name}`
  if (container?.composeService) return `${container.composeProject ?? ''}/${container.composeService}`
  if (container) return container.name
  return process.containerId === '' ? 'host' : process.containerId.slice(0, 12)
}

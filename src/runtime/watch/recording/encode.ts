import type { ContainerInfo, Process, RuntimeEvent } from '../../../base/model/runtime.ts'

/**
 * A recording is JSON lines: a head, then processes and containers as they are first met or have changed, and the events that name them by number:
 *
 *     {"jenner":"events","version":1}
 *     {"c":1,"value":{…}}                container 1
 *     {"p":7,"parent":3,"value":{…}}     process 7, a child of process 3
 *     {"e":"openat","p":7,"c":1,…}       an event
 *
 * Values are raw, as rules judge them: nothing is masked. Integers beyond JSON's are `{"n":"…"}`, bytes `{"b":"<base64>"}`.
 */
export const recordingHead = '{"jenner":"events","version":1}'

/** Turns events into lines; remembers which processes and containers stand there already. */
export function createEncoder(): (event: RuntimeEvent) => string {
  const processes = new WeakMap<Process, { number: number; state: string }>()
  const containers = new WeakMap<ContainerInfo, number>()
  let count = 0
  const processOf = (process: Process, lines: string[], depth: number): number => {
    const state = `${process.comm} ${process.uid} ${process.gid} ${process.cwd} ${process.exepath} ${process.capEffective} ${process.containerId} ${process.exeUpperLayer}`
    const known = processes.get(process)
    if (known?.state === state) return known.number
    const parent = process.parent && depth > 0 ? processOf(process.parent, lines, depth - 1) : undefined
    const number = ++count
    processes.set(process, { number, state })
    const { parent: _, ...value } = process
    lines.push(JSON.stringify({ p: number, ...(parent !== undefined && { parent }), value }, plain))
    return number
  }
  const containerOf = (container: ContainerInfo, lines: string[]): number => {
    const known = containers.get(container)
    if (known !== undefined) return known
    const number = ++count
    containers.set(container, number)
    lines.push(JSON.stringify({ c: number, value: container }))
    return number
  }
  return ({ type, process, container, ...rest }) => {
    const lines: string[] = []
    const c = container && containerOf(container, lines)
    const p = processOf(process, lines, maxDepth)
    lines.push(JSON.stringify({ e: type, p, ...(c !== undefined && { c }), ...rest }, plain))
    return `${lines.join('\n')}\n`
  }
}

const maxDepth = 32

function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { n: String(value) }
  return value instanceof Uint8Array ? { b: Buffer.from(value).toString('base64') } : value
}

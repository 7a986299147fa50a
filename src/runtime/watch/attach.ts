import type { ContainerInfo, RuntimeEvent } from '../../base/model/runtime.ts'

export interface AttachOptions {
  /** What is known right now. */
  get(id: string): ContainerInfo | undefined
  /** Asks the runtime. */
  ask(id: string): Promise<ContainerInfo | undefined>
  judge(event: RuntimeEvent): void
  now?: () => number
}

/** How long the events of an unknown container wait for what it is, in ms; how many of them; how soon it is asked for again. */
const patience = 300
const mostWaiting = 2000
const askAgain = 30_000
const mostAsked = 10_000

interface Waiting {
  events: RuntimeEvent[]
  since: number
}

/**
 * Gives each event its container. The events of one that is not known yet wait a moment while its runtime is asked, all of them, so that their order stays; nothing
 * is lost by it: when the time is over they are judged without.
 */
export function withContainers({ get, ask, judge, now = Date.now }: AttachOptions) {
  const waiting = new Map<string, Waiting>()
  const asked = new Map<string, number>()
  const release = (id: string): void => {
    const held = waiting.get(id)
    if (!held) return
    waiting.delete(id)
    const container = get(id)
    for (const event of held.events) {
      if (container) event.container = container
      judge(event)
    }
  }
  const begin = (id: string, event: RuntimeEvent): void => {
    if (asked.size >= mostAsked) asked.clear()
    asked.set(id, now())
    waiting.set(id, { events: [event], since: now() })
    ask(id).then(
      () => release(id),
      () => release(id),
    )
  }
  const begun = new Set<string>()
  /** What happens in a container before its first program runs is its runtime setting it up: dozens of mounts, by a process that nobody saw start. */
  const isSetUp = (id: string, { type, process }: RuntimeEvent): boolean => {
    if (begun.has(id)) return false
    if (type !== 'execve' && type !== 'execveat') return process.comm === ''
    if (begun.size >= mostAsked) begun.clear()
    begun.add(id)
    return false
  }
  return {
    /** A container that ended: when it starts anew, it is set up anew. */
    ended: (id: string) => void begun.delete(id),
    take(event: RuntimeEvent): void {
      const id = event.process.containerId
      if (id === '') return judge(event)
      if (isSetUp(id, event)) return
      const held = waiting.size > 0 ? waiting.get(id) : undefined
      if (held) {
        held.events.push(event)
        if (held.events.length >= mostWaiting) release(id)
        return
      }
      const container = get(id)
      if (container) event.container = container
      else if (now() - (asked.get(id) ?? Number.NEGATIVE_INFINITY) > askAgain) return begin(id, event)
      judge(event)
    },
    tick(time: number): void {
      for (const [id, { since }] of waiting) if (time - since > patience || time < since) release(id)
    },
    flush(): void {
      for (const id of [...waiting.keys()]) release(id)
    },
  }
}

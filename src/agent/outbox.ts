import { appendFileSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs'

export interface OutboxOptions<Item> {
  /** Sends some items, in order. Rejects when the server does not take them: they are tried again. */
  send(items: Item[]): Promise<void>
  /** Where items wait that memory has no room for, a JSON line each. */
  file: string
  /** Items sent together. Default 500. */
  batch?: number
  /** Items held in memory. Default 5,000. */
  held?: number
  /** Bytes of the file. Default 256 MiB. */
  maxBytes?: number
  /** ms between two tries. Default 200 when all is well, up to 5,000 when not. */
  every?: number
}

/** What is on its way to the server. Nothing that was put in is lost while the server is away, up to the size of the file; what is beyond is counted. */
export interface Outbox<Item> {
  put(item: Item): void
  /** Items that found no room. */
  dropped(): number
  waiting(): number
  /** Tries to send all that is left, `timeout` ms at most; the rest goes to the file. */
  close(timeout?: number): Promise<void>
}

const patient = 5000

export function createOutbox<Item>(options: OutboxOptions<Item>): Outbox<Item> {
  const { send, file, batch = 500, held = 5000, maxBytes = 256 << 20, every = 200 } = options
  const queue: Item[] = []
  let dropped = 0
  let spilled = sizeOf(file)
  let wait = every
  let timer: NodeJS.Timeout | undefined
  let busy: Promise<void> | undefined
  let closed = false

  const spill = (items: readonly Item[]): void => {
    const text = items.map(item => `${JSON.stringify(item)}\n`).join('')
    if (spilled + text.length > maxBytes) {
      dropped += items.length
      return
    }
    try {
      appendFileSync(file, text, { mode: 0o600 })
      spilled += Buffer.byteLength(text)
    } catch {
      dropped += items.length
    }
  }
  /** What waits on disk is older than what waits in memory. */
  const recall = (): void => {
    if (spilled === 0) return
    const { items, damaged } = readLines<Item>(file)
    rmSync(file, { force: true })
    spilled = 0
    dropped += damaged
    queue.unshift(...items)
  }
  const flush = async (): Promise<void> => {
    try {
      while (queue.length > 0 || spilled > 0) {
        if (queue.length === 0 || spilled > 0) recall()
        const some = queue.slice(0, batch)
        if (some.length === 0) break
        await send(some)
        queue.splice(0, some.length)
      }
      wait = every
    } catch {
      wait = Math.min(patient, wait * 2)
      if (queue.length > held) spill(queue.splice(0))
    }
  }
  const schedule = (): void => {
    if (timer !== undefined || closed) return
    timer = setTimeout(() => {
      busy = flush().finally(() => {
        timer = undefined
        busy = undefined
        if (queue.length > 0 || spilled > 0) schedule()
      })
    }, wait)
  }
  if (spilled > 0) schedule()
  return {
    put(item) {
      // While the server is away, what comes after a full memory waits behind it, on disk.
      if (queue.length >= held && spilled > 0) spill([item])
      else queue.push(item)
      if (queue.length >= held * 2) spill(queue.splice(0))
      schedule()
    },
    dropped: () => dropped,
    waiting: () => queue.length,
    async close(timeout = 3000) {
      closed = true
      clearTimeout(timer)
      await busy
      await Promise.race([flush(), new Promise(resolve => setTimeout(resolve, timeout).unref())])
      if (queue.length > 0) spill(queue.splice(0))
    },
  }
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

/** A line that was cut off by a crash is counted, no more. */
function readLines<Item>(file: string): { items: Item[]; damaged: number } {
  const items: Item[] = []
  let damaged = 0
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue
    try {
      items.push(JSON.parse(line) as Item)
    } catch {
      damaged++
    }
  }
  return { items, damaged }
}

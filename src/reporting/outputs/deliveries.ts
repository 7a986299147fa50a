import { JennerError } from '../../base/errors.ts'
import { type Delivery, type Notice, type OutputKind, type OutputTools, PartlyDelivered } from './model.ts'

/** A notice on its way to one output. */
export interface Waiting {
  seq: number
  notice: Notice
  /** Tries so far. */
  attempts: number
}

/** Where notices wait, on disk: what was added is delivered or dead, whatever happens in between. */
export interface DeliveryStore {
  /** The oldest that are due, in order. */
  due(output: string, limit: number, now: number): Promise<Waiting[]>
  done(seqs: readonly number[]): Promise<void>
  /** Tried again at `at` (ms); `only`: for these recipients. */
  retry(seqs: readonly number[], at: number, error: string, only?: readonly string[]): Promise<void>
  /** Given up: kept aside with the reason; `only`: these recipients do not have it. */
  dead(seqs: readonly number[], error: string, only?: readonly string[]): Promise<void>
}

/** An output as it is configured now. */
export interface ConfiguredOutput {
  id: string
  kind: OutputKind
  /** Checked settings, secrets unsealed. */
  config: Parameters<OutputKind['open']>[0]
}

export interface DeliveriesOptions {
  store: DeliveryStore
  outputs(): Promise<ConfiguredOutput[]>
  tools: OutputTools
  now?: () => number
  /** Called after each try. */
  onTried?(output: string, result: { delivered: number; error?: string; milliseconds: number }): void
}

/** Tries before a notice is given up: with the pauses below that is about a day. */
const mostTries = 30
const firstPause = 2_000
const longestPause = 3_600_000

/** Delivers what waits. Outputs do not wait for one another; one that is away holds its own notices up, no others. */
export function createDeliveries(options: DeliveriesOptions) {
  const { store, tools, now = Date.now } = options
  const busy = new Map<string, Promise<void>>()

  /** Sends one batch of an output; answers whether more may be due. */
  const sendBatch = async ({ id, kind, config }: ConfiguredOutput): Promise<boolean> => {
    const waiting = sendable(await store.due(id, kind.batch, now()))
    if (waiting.length === 0) return false
    const began = performance.now()
    const tried = (delivered: number, error?: string): void =>
      options.onTried?.(id, {
        delivered,
        milliseconds: performance.now() - began,
        ...(error !== undefined && { error }),
      })
    let delivery: Delivery | undefined
    try {
      delivery = kind.open(config, tools)
      await delivery.send(waiting.map(({ notice }) => notice))
      await store.done(waiting.map(({ seq }) => seq))
      tried(waiting.length)
      return true
    } catch (error) {
      const reason = reasonOf(error)
      tried(0, reason)
      const alone = waiting.length === 1 || error instanceof PartlyDelivered
      if (delivery === undefined || !isRefusal(error) || alone) return await giveBack(store, waiting, error, now())
      // Among many a single one may be the cause: each is tried alone.
      for (const one of waiting) await sendAlone(delivery, one)
      return true
    } finally {
      delivery?.close()
    }
  }
  const sendAlone = async (delivery: Delivery, one: Waiting): Promise<void> => {
    try {
      await delivery.send([one.notice])
      await store.done([one.seq])
    } catch (error) {
      await giveBack(store, [one], error, now())
    }
  }
  /** Outputs that were asked for again while they were busy: what came in after their last look is looked for once more. */
  const asked = new Set<string>()
  const drain = async (output: ConfiguredOutput): Promise<void> => {
    do {
      asked.delete(output.id)
      while (await sendBatch(output));
    } while (asked.has(output.id))
  }
  return {
    /** Sends what is due; resolves when every output has been tried. */
    async run(): Promise<void> {
      for (const output of await options.outputs()) {
        if (busy.has(output.id)) {
          asked.add(output.id)
          continue
        }
        busy.set(
          output.id,
          drain(output)
            .catch(() => {})
            .finally(() => busy.delete(output.id)),
        )
      }
      await Promise.all(busy.values())
    },
    /** Sends one notice now, past the queue: the test button. Rejects with what the receiver said. */
    async test({ kind, config }: Pick<ConfiguredOutput, 'kind' | 'config'>, notice: Notice): Promise<number> {
      const began = performance.now()
      const delivery = kind.open(config, tools)
      try {
        await delivery.send([notice])
        return performance.now() - began
      } finally {
        delivery.close()
      }
    },
  }
}

/** What is for some recipients only goes by itself. */
function sendable(due: readonly Waiting[]): readonly Waiting[] {
  const at = due.findIndex(({ notice }) => notice.only !== undefined)
  return at < 0 ? due : due.slice(0, Math.max(1, at))
}

/** What was refused for good goes aside, what was tried too often too; the rest is tried again, later each time. Answers whether more may be due now. */
async function giveBack(
  store: DeliveryStore,
  waiting: readonly Waiting[],
  error: unknown,
  now: number,
): Promise<boolean> {
  const reason = reasonOf(error)
  const only = error instanceof PartlyDelivered ? error.left : undefined
  for (const { seq, attempts } of waiting) {
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(20, attempts))
    if (isRefusal(error) || attempts + 1 >= mostTries) await store.dead([seq], reason, only)
    // A jitter from the number itself: outputs that broke together do not come back together.
    else await store.retry([seq], now + pause + (seq % 997), reason, only)
  }
  return isRefusal(error)
}

function isRefusal(error: unknown): boolean {
  return error instanceof JennerError && (error.code === 'delivery_refused' || error.code === 'bad_argument')
}

function reasonOf(error: unknown): string {
  return (error as Error).message.slice(0, 500)
}

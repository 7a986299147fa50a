/**
 * How surprising is a system call behind the four before it? A 5-gram model with Witten and Bell's smoothing, one a program:
 * P(w|h) = (c(hw) + T(h)·P(w|h′)) / (c(h) + T(h)), T(h) being the number of different calls seen behind h, h′ being h without its eldest; at last 1/256.
 * On public data such models find little by themselves (about a fifth of attacks at 1 % false alarms), so a surprise only raises the rank of a deviation.
 */
export interface NgramModel {
  contexts: Map<string, Context>
  /** Contexts that found no room. */
  overflow: number
}

interface Context {
  total: number
  next: Map<string, number>
}

export const order = 5
const vocabulary = 256
const maxContexts = 4096

export function createModel(): NgramModel {
  return { contexts: new Map(), overflow: 0 }
}

/** Counts `call` behind `history` (the eldest first, at most four). */
export function learnCall(model: NgramModel, history: readonly string[], call: string): void {
  for (let length = 0; length <= history.length; length++) {
    const key = keyOf(history, length)
    let context = model.contexts.get(key)
    if (context === undefined) {
      if (model.contexts.size >= maxContexts) {
        model.overflow++
        return
      }
      context = { total: 0, next: new Map() }
      model.contexts.set(key, context)
    }
    context.total++
    context.next.set(call, (context.next.get(call) ?? 0) + 1)
  }
}

/** -log2 P(call | history): 0 for the certain, 8 for what an empty model thinks of anything. */
export function surprise(model: NgramModel, history: readonly string[], call: string): number {
  let probability = 1 / vocabulary
  for (let length = 0; length <= history.length; length++) {
    const context = model.contexts.get(keyOf(history, length))
    if (context === undefined) break
    const kinds = context.next.size
    probability = ((context.next.get(call) ?? 0) + kinds * probability) / (context.total + kinds)
  }
  return -Math.log2(probability)
}

function keyOf(history: readonly string[], length: number): string {
  return history.slice(history.length - length).join(' ')
}

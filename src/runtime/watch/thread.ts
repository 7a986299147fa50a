import type { Worker } from 'node:worker_threads'

/** A thread that answers questions, as its owner holds it. It never keeps the process alive. */
export interface AskedThread<Question> {
  ask(question: Question): void
  close(): void
}

/** Hands a worker's answers over; `onEnd` is told once, with the reason, when it ended without being closed. */
export function askThread<Question, Answer>(
  worker: Worker,
  onAnswer: (answer: Answer) => void,
  onEnd: (reason: string) => void,
): AskedThread<Question> {
  let closing = false
  worker.on('message', onAnswer)
  worker.on('error', error => {
    if (!closing) onEnd(error.message)
    closing = true
  })
  worker.unref()
  return {
    ask: question => worker.postMessage(question),
    close: () => {
      closing = true
      void worker.terminate()
    },
  }
}

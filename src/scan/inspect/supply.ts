import { Socket } from 'node:net'
import { JennerError } from '../../base/errors.ts'
import type { IncompleteCode } from '../../base/model/inventory.ts'
import type { RemoteImage } from '../image/registry/image.ts'
import type { LayerAnswer } from '../image/sources/remote.ts'
import { frameReader } from './frames.ts'

/**
 * Layers that the parent fetches: the worker has no network. It asks with a message on descriptor 3 (`kind: 'layer'`) and is answered on descriptor 5 with
 * frames of `{ index, answer }`.
 */
export interface LayerSupply {
  index: number
  answer: LayerAnswer
}

/** Answers for one layer; `next` are those that will be asked for after it. */
export type Supply = (index: number, next: number[]) => Promise<LayerAnswer>

/** For the worker. */
export function layerRequests(fd: number, ask: (index: number, next: number[]) => void): Supply {
  const waiting = new Map<number, (answer: LayerAnswer) => void>()
  const socket = new Socket({ fd, readable: true, writable: false })
  const feed = frameReader(message => {
    const { index, answer } = message as LayerSupply
    waiting.get(index)?.(answer)
    waiting.delete(index)
  })
  socket.on('data', feed)
  const gone = (): void => {
    for (const resolve of waiting.values()) resolve({ code: 'unreadable', detail: 'nobody fetches it any more' })
    waiting.clear()
  }
  socket.on('error', gone)
  socket.on('close', gone)
  return (index, next) =>
    new Promise(resolve => {
      waiting.set(index, resolve)
      ask(index, next)
    })
}

/** For the parent: the answer to one question, never a rejection. */
export async function supplyLayer(image: RemoteImage, index: number, next: number[]): Promise<LayerAnswer> {
  try {
    return { path: await image.layer(index, next) }
  } catch (error) {
    if (error instanceof JennerError) return { code: codeOf(error), detail: error.detail }
    return { code: 'unreadable', detail: error instanceof Error ? error.message : String(error) }
  }
}

function codeOf({ code, detail }: JennerError): IncompleteCode {
  if (code === 'digest_mismatch' || code === 'timed_out') return code
  if (code === 'limit_exceeded') return 'too_large'
  if (code === 'unsupported') return detail.endsWith('is encrypted') ? 'encrypted' : 'unsupported'
  return 'unreadable'
}

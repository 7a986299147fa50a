import { type ErrorCode, errorCodes, JennerError } from '../base/errors.ts'
import { isObject } from '../base/json.ts'
import { holderOf } from './port.ts'

/** How long the parts of a platform that was killed may take to end, in ms. */
const patience = 20_000

/** What the server says kept it from starting, with the program that holds the port; undefined for any other message. */
export function startError(message: unknown): JennerError | undefined {
  if (!isObject(message) || message.kind !== 'failed') return undefined
  const code = Object.hasOwn(errorCodes, String(message.code)) ? (message.code as ErrorCode) : 'internal'
  const detail = String(message.detail ?? '')
  const port = Number(/:(\d+)$/.exec(detail)?.[1])
  const holder = code === 'port_in_use' ? holderOf(port) : undefined
  return new JennerError(code, holder === undefined ? detail : `${detail} (${holder.name}, pid ${holder.pid})`)
}

/** Whether it passes by itself after a crash: parts that lost their parent end soon, and then the port and the store are free. */
export function passesAfterCrash({ code }: JennerError, ms: number): boolean {
  return (code === 'port_in_use' || code === 'store_in_use') && ms < patience
}

import { JennerError } from '../../../base/errors.ts'
import { parseNetwork } from '../condition/address.ts'
import type { Condition } from '../condition/ast.ts'
import { findField, type Source } from '../fields.ts'

type Check = Extract<Condition, { kind: 'check' }>

const comparing = new Set(['=', '==', '!=', 'in', 'intersects', '<', '<=', '>', '>='])
/** Decimal with a sign and a fraction, or hexadecimal. */
const number = /^[+-]?(?:\d+(?:\.\d*)?|0[xX][0-9a-fA-F]+)$/
const truth = /^(?:true|false|yes|no|0|1)$/

/**
 * What a field is compared with must be of its type: `fd.sip = 1.2.3.999` would never hold, and who wrote it believes himself protected. Throws JennerError malformed.
 */
export function checkConstants({ left, operator, right }: Check, texts: readonly string[], source: Source): void {
  if (left.kind !== 'field' || right === undefined || !comparing.has(operator)) return
  const type = findField(source, left.name, left.argument)?.type
  for (const text of texts) {
    if (type === 'number' && !number.test(text))
      throw new JennerError('malformed', `error parsing number ${text} for ${left.name}`)
    if (type === 'boolean' && !truth.test(text))
      throw new JennerError('malformed', `unrecognized boolean value ${text} for ${left.name}`)
    if ((type === 'address' || type === 'network') && parseNetwork(text) === undefined)
      throw new JennerError('malformed', `unrecognized IP address ${text} for ${left.name}`)
  }
}

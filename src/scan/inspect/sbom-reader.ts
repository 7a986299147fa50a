import { readFileSync, statSync } from 'node:fs'
import { JennerError } from '../../base/errors.ts'
import type { Inventory } from '../../base/model/inventory.ts'
import { decodeText } from '../image/content.ts'
import { inventoryOfSbom } from '../inventory/sbom/read.ts'
import type { InspectTarget } from './request.ts'

/** What one string can hold, whatever memory there is. */
const maxBytes = 512 * 1024 * 1024 - 64

/**
 * The inventory that an SBOM states. In UTF-16 too where its byte order mark says so (what PowerShell redirects). Throws JennerError target_not_found,
 * target_unreadable, limit_exceeded, malformed.
 */
export function readSbomFile({ name, file = name }: InspectTarget): Inventory {
  return inventoryOfSbom(textOf(name, file), name)
}

function textOf(name: string, file: string): string {
  try {
    const { size } = statSync(file)
    if (size > maxBytes) throw new JennerError('limit_exceeded', `${name} is larger than ${maxBytes} bytes`)
    return decodeText(readFileSync(file))
  } catch (error) {
    if (error instanceof JennerError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new JennerError(code === 'ENOENT' ? 'target_not_found' : 'target_unreadable', name, error)
  }
}

import type { Tables } from '../../db/tables.ts'
import { isoOr } from '../../ingest/time.ts'
import { countsOf } from '../../judge/scales.ts'
import type { Image } from '../../schemas/images.ts'
import { parsed } from '../found.ts'

export function imageOf(row: Tables['images']): Image {
  return {
    id: row.id,
    names: parsed(row.names),
    digests: parsed(row.digests),
    ...(row.os && { os: row.os }),
    ...(row.os_eol !== null && { osEndOfLife: row.os_eol === 1 }),
    size: row.size,
    ...isoOr('createdAt', row.created_at),
    layers: row.layers,
    packages: row.packages,
    scan: {
      state: row.scan_state as Image['scan']['state'],
      ...isoOr('at', row.scan_at),
      ...(row.scan_error && { error: row.scan_error }),
      incomplete: parsed(row.incomplete),
    },
    vulnerabilities: countsOf(row),
    secrets: row.secrets,
    malware: row.malware,
    running: row.running,
    ...(row.base_name && { base: { name: row.base_name, how: row.base_how } }),
  }
}

import type { Row } from './row.testing.ts'
import { distroRows } from './rows-distros.testing.ts'
import { osvRows } from './rows-osv.testing.ts'
import { otherRows } from './rows-others.testing.ts'
import { vendorRows } from './rows-vendors.testing.ts'

/** Small inputs of every feed. */
export const rows: Row[] = [...osvRows, ...distroRows, ...otherRows, ...vendorRows]

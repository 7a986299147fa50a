import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { otpTraits } from './traits.ts'

/** Found by hex/otp-app.ts, as they lie among Hex' packages. */
export const otp: Ecosystem = { ...otpTraits, extractors: [] }

import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { gleam } from './gleam.ts'
import { mixLock } from './mix-lock.ts'
import { otpApp } from './otp-app.ts'
import { rebarLock } from './rebar-lock.ts'
import { hexTraits } from './traits.ts'

export const hex: Ecosystem = {
  ...hexTraits,
  extractors: [mixLock, rebarLock, gleam, otpApp],
}

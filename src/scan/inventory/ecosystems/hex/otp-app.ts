import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

const ofOtp = /(?:^|\/)lib\/erlang\/lib\//

/**
 * Installed applications of Erlang/OTP and of releases: `NAME-VERSION/ebin/NAME.app`, the Erlang term `{application, NAME, [{vsn, "VERSION"}, …]}`. What is part
 * of OTP itself stands below `lib/erlang/lib/`: `pkg:otp`, not of Hex.
 */
export const otpApp: Extractor = {
  id: 'otp-app',
  revision: 2,
  stage: 'installed',
  patterns: [{ extension: '.app', where: ({ path }) => /(?:^|\/)ebin\/[^/]+\.app$/.test(path) }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const text = file.text()
    const name = /\{\s{0,20}application\s{0,20},\s{0,20}'?([A-Za-z][\w@.-]{0,100})'?\s{0,20},/.exec(text)?.[1]
    const version = /\{\s{0,20}vsn\s{0,20},\s{0,20}"([^"\n]{1,100})"/.exec(text)?.[1]
    if (!name || !version) return undefined
    const found: FoundPackage = { name, version }
    return [ofOtp.test(file.path) ? { ...found, type: 'otp' } : found]
  },
}

import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** What Erlang/OTP itself is made of. Its advisories are by OTP’s own version: the applications are known, not judged. */
export const otpTraits: EcosystemTraits = {
  type: 'otp',
  title: { en: 'Applications of Erlang/OTP', ko: 'Erlang/OTP 애플리케이션' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}

import type { MessageKey } from '../../base/i18n/en.ts'
import { translate } from '../../base/i18n/translate.ts'
import type { Bilingual } from '../schemas/common.ts'

const plain: Record<string, MessageKey> = {
  kev: 'server.reason.kev',
  ransomware: 'server.reason.ransomware',
  loaded: 'server.reason.loaded',
  not_loaded: 'server.reason.notLoaded',
  running: 'server.reason.running',
  exposed: 'server.reason.exposed',
  privileged: 'server.reason.privileged',
  fix: 'server.reason.fix',
}

/** The codes of `reasonsOf` as people read them, most telling first, one sentence's length. A severity is left out where it is shown anyway; an unknown code stays. */
export function sayReasons(codes: readonly string[]): Bilingual {
  return { en: say(codes, 'en'), ko: say(codes, 'ko') }
}

function say(codes: readonly string[], language: 'en' | 'ko'): string {
  const words = codes.flatMap(code => {
    // Who is used by ransomware is exploited: that is said once.
    if (code === 'kev' && codes.includes('ransomware')) return []
    const key = Object.hasOwn(plain, code) ? plain[code] : undefined
    if (key) return [translate(language, key)]
    const [kind = '', value = ''] = code.split(':')
    if (kind === 'epss') return [translate(language, 'server.reason.epss', { percent: percentOf(Number(value)) })]
    if (kind === 'cvss') return [`CVSS ${value}`]
    return kind === 'severity' ? [] : [code]
  })
  return words.join(', ')
}

function percentOf(share: number): string {
  return share > 0 && share < 0.001 ? '< 0.1' : (share * 100).toFixed(1)
}

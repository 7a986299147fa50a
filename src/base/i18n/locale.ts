import type { Language } from './translate.ts'

/** The language of the POSIX locale: LC_ALL, then LC_MESSAGES, then LANG; Korean for `ko…`, English for all else. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find(value => value !== undefined && value !== '') ?? ''
  return /^ko([_.@-]|$)/i.test(locale) ? 'ko' : 'en'
}

import type { MessageKey } from '../../base/i18n/en.ts'
import { translate } from '../../base/i18n/translate.ts'
import type { Bilingual } from '../schemas/common.ts'

/** A sentence in both languages. */
export function both(key: MessageKey, values: Record<string, string | number>): Bilingual {
  return { en: translate('en', key, values), ko: translate('ko', key, values) }
}

import type { MessageKey } from './en.ts'

/** Every sentence shown to people, in Korean: the same keys as en.ts. */
export const ko: Record<MessageKey, string> = {
  'error.usage': '사용법이 잘못되었습니다: {detail}',
  'error.not_built_yet': '{detail}은(는) 아직 제공되지 않습니다',
}

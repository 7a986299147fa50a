import type { cliEn } from './cli.en.ts'

/** The same keys as cli.en.ts, in Korean. */
export const cliKo: Record<keyof typeof cliEn, string> = {
  'cli.tagline': '제너(Jenner): 컨테이너를 위한 백신',
  'cli.usage': '사용법:',
  'cli.verb': '명령',
  'cli.verbs': '명령:',
  'cli.planned': '아직 제공하지 않음:',
  'cli.first_steps': '첫걸음:',
  'cli.flags': '플래그',
  'cli.flags_title': '플래그:',
  'cli.arguments': '인자:',
  'cli.unknown_flag': '알 수 없는 플래그입니다: {name}.',
  'cli.unknown_verb': '알 수 없는 명령입니다: {name}.',
  'cli.did_you_mean': '{name}을(를) 찾으셨습니까?',
  'cli.missing_argument': '{name} 인자가 필요합니다',
  'cli.missing_value': '{name}에 값이 필요합니다',
  'cli.too_many_arguments': '인자가 너무 많습니다',
}

import type { rulesEn } from './rules.en.ts'

/** What the verb `rules` says, in Korean: the same keys as rules.en.ts. */
export const rulesKo: Record<keyof typeof rulesEn, string> = {
  'rules.validate': 'Falco 형식 규칙 파일을 검사합니다. 불러올 수 없으면 종료 코드는 4입니다',
  'rules.list': '파일의 규칙을, 파일이 없으면 자체 규칙을 나열합니다',
  'rules.test': '기록된 이벤트를 규칙으로 판정합니다',
  'rules.against': '이벤트 파일. 한 줄에 JSON 객체 하나: Falco 필드 이름과 값, 또는 Falco JSON 형식의 경보',
  'rules.exception': '시험해 볼 예외. Falco 형식: `- rule:`과 `exceptions:`',
  'rules.source': '이벤트 종류: syscall 또는 k8s_audit(JSON 감사 이벤트)',
  'rules.hidden': '예외로 숨겨짐 {hidden}건, 남음 {left}건',
  'rules.valid': '파일 {files}개를 문제없이 불러왔습니다. 경고 {warnings}건.',
  'rules.invalid': '파일 {files}개에서 오류 {errors}건, 경고 {warnings}건.',
  'rules.count': '규칙 {count}개',
  'rules.tested': '이벤트 {events}건을 판정했습니다. 발화한 규칙 {rules}개, 읽을 수 없는 줄 {unreadable}개.',
}

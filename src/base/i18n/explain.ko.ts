import type { explainEn } from './explain.en.ts'

/** What the verb `explain` says, in Korean: the same keys as explain.en.ts. */
export const explainKo: Record<keyof typeof explainEn, string> = {
  'explain.unknown_id': '취약점 데이터베이스에 이 ID의 기록이 없습니다.',
  'explain.no_package': '취약점 데이터베이스에 있는 ID이지만, 이 대상의 패키지를 다루는 기록은 없습니다.',
  'explain.incomplete': '(완전히) 확인하지 못함',
  'explain.reported': '보고됨',
  'explain.vulnerable': '취약함',
  'explain.not_vulnerable': '버전상 취약하지 않음',
  'explain.unknown': '버전을 비교할 수 없어 판단 불가',
  'explain.not_affected': '공급자가 영향 없음으로 판정',
  'explain.owned_by_os_package': '파일을 소유한 OS 패키지의 판정에 따름',
  'explain.ignored': '사용자 결정으로 무시됨',
  'explain.vex': 'VEX 문서로 제외됨',
  'explain.unfixed': '제외됨: 수정 버전 없음(--ignore-unfixed)',
  'explain.severity': '--severity로 제외됨',
}

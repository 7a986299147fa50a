import type { caseworkEn } from './casework.en.ts'

/** 증거, 인시던트 담당자, 결정의 변경 이력, 보고서 예약. */
export const caseworkKo: Record<keyof typeof caseworkEn, string> = {
  'timeline.evidence': '증거',
  'keep.evidence': '증거 파일',
}

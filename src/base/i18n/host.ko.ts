import type { hostEn } from './host.en.ts'

/** `jenner host`의 한국어 문장. */
export const hostKo: Record<keyof typeof hostEn, string> = {
  'host.risks': '이 컴퓨터와 컨테이너의 설정: 위험 {count}건',
  'host.noRuntime': '응답하는 컨테이너 런타임이 없어 컨테이너는 살펴보지 못했습니다: {reason}',
  'host.otherFormat': '설정 위험 {count}건은 {format} 형식에 담기지 않습니다. table과 json에 있습니다',
}

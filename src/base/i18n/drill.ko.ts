import type { drillEn } from './drill.en.ts'

/** What the verb `drill` says, in Korean. */
export const drillKo: Record<keyof typeof drillEn, string> = {
  'drill.list': '시나리오 목록만 보여 줍니다',
  'drill.image': '이 시스템의 프로그램으로 만든 이미지 대신 지정한 로컬 이미지로 실행합니다',
  'drill.keep': '컨테이너와 이미지를 지우지 않고 남겨 둡니다',
  'drill.unknown': '{name} 시나리오가 없습니다. jenner drill --list로 확인하십시오',
  'drill.needsRoot': '센서를 쓰려면 root 권한이 필요합니다',
  'drill.noImage': '이미지 {image}: {reason}',
  'drill.losses': '이 커널에서 볼 수 없는 것: {what} ({why})',
  'drill.running': '{of}개 중 {done}번째: {title}',
  'drill.detected': '탐지',
  'drill.missed': '놓침',
  'drill.noisy': '오탐',
  'drill.unblocked': '차단 안 됨',
  'drill.notRun': '실행 못함',
  'drill.blocked': '차단',
  'drill.left': '정리 안 됨',
  'drill.lacks': '이미지에 {tool}이(가) 없습니다',
  'drill.interrupted': '중단됨',
  'drill.summary': '{of}건 중 {detected}건 탐지, {missed}건 놓침, 대조군 오탐 {noisy}건, 실행 못함 {notRun}건.',
  'drill.median': '행위부터 경보까지 중앙값 {median}ms, 최대 {slowest}ms.',
  'drill.beside': '이 시스템에서 실행 중인 플랫폼에 훈련으로 표시됩니다.',
  'drill.notAnnounced': '실행 중인 플랫폼에 훈련임을 알리지 못했습니다({why}). 인시던트로 표시됩니다.',
}

import type { watchEn } from './watch.en.ts'

/** What the verb `watch` says, in Korean: the same keys as watch.en.ts. */
export const watchKo: Record<keyof typeof watchEn, string> = {
  'watch.rules': 'Falco 형식 규칙 파일(기본값: 내장 규칙)',
  'watch.host': '컨테이너뿐 아니라 호스트 프로세스도 감시합니다',
  'watch.started': '규칙 {rules}개로 {where} 감시 중입니다. Ctrl-C로 끝냅니다.',
  'watch.containers': '컨테이너를',
  'watch.everything': '컨테이너와 호스트를',
  'watch.probe': '이 시스템에서 감지할 수 없는 항목: {what}: {why}',
  'watch.fault': '{type} 유형의 이벤트를 판정하지 못했습니다: {reason}',
  'watch.held': '{workload}에서 “{rule}” 경보 {count}건을 더 보류했습니다',
  'watch.losing': '시스템이 너무 바빠 방금 이벤트 {count}건을 놓쳤습니다: {what}',
  'watch.ended':
    '이벤트 판정 {judged}건, 커널에서 걸러 냄 {filtered}건, 유실 {lost}건. 경보 {alerts}건, 사건 {incidents}건, 보류 {held}건.',
  'watch.needsRoot': '커널을 감시하려면 root 권한이 필요합니다',
  'watch.noRules': '이 파일들에는 시스템 호출 규칙이 없습니다',
  'watch.drift': '이미지에 없는 프로그램의 처리: observe(기록), alert(경보), block(차단) (기본값: alert)',
  'watch.driftPolicy': '컨테이너별 정책 파일(기본값: 상태 폴더의 drift.yaml)',
  'watch.drift.fault': '드리프트 정책을 적용하지 못했습니다: {what}',
  'watch.learn': '이미지별로 컨테이너의 동작을 학습하고 벗어난 동작을 알립니다',
  'watch.fanotify': '이 컨테이너에서 이미지에 없는 프로그램을 fanotify로 시작 전에 막습니다(여러 번 지정 가능)',
  'watch.fanotify.started': '{name}: 이미지에 없는 프로그램을 fanotify로 막습니다.',
  'watch.fanotify.denied': '{name}: 이미지에 없는 프로그램의 실행을 막았습니다.',
  'watch.fanotify.lapse':
    '{name}: fanotify 프로세스가 멈추거나 종료되어 새로 띄웠습니다. 그 사이에는 모든 프로그램이 실행될 수 있었습니다.',
  'watch.fanotify.over': '{name}: fanotify 프로세스가 계속 실패하여 더 이상 막지 않습니다.',
  'watch.fanotify.fails': '{name}: fanotify로 보호할 수 없습니다: {reason}',
  'watch.noMalware': '실행되거나 기록된 파일의 악성코드 검사를 하지 않습니다',
  'watch.record': '원본 이벤트를 파일에 기록합니다(비밀 값 포함, 소유자만 읽기 가능)',
  'watch.recording': '원본 이벤트를 비밀 값까지 포함하여 {file}에 기록합니다.',
  'watch.recorded': '{file}에 이벤트 {count}건을 기록했습니다.',
  'watch.unscanned': '악성코드를 검사하지 못한 파일 {count}개: {reason}',
  'watch.incidents': '사건 {count}건:',
  'watch.incident': '  {id} {priority} {rule} ({workload}): {first}~{last} UTC 사이 {count}회 ({process})',
  'watch.more': '  … 외 {count}건',
}

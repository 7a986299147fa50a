import type { Scenario } from '../scenario.ts'

export const processRoot: Scenario = {
  id: 'process-root',
  area: 'escape',
  title: { en: 'the root of another process', ko: '다른 프로세스의 루트 경로' },
  technique: 'T1611',
  rule: 'Host reached through a process root',
  act: { script: 'cat /proc/1/root/dev/null' },
  twin: { script: 'cat /proc/1/comm' },
}

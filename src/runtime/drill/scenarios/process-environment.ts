import type { Scenario } from '../scenario.ts'

export const processEnvironment: Scenario = {
  id: 'process-environment',
  area: 'credentials',
  title: { en: 'the environment of a process', ko: '프로세스 환경 변수' },
  technique: 'T1552.007',
  rule: 'Environment of a process read',
  act: { script: 'cat /proc/1/environ > /dev/null' },
  twin: { script: 'cat /proc/1/status > /dev/null' },
}

import type { Scenario } from '../scenario.ts'

export const falsifiedTime: Scenario = {
  id: 'falsified-time',
  area: 'evasion',
  title: { en: 'the time of a file falsified', ko: '파일 시각 위조' },
  technique: 'T1070.006',
  rule: 'Time of a file falsified',
  act: { script: 'mkdir -p /etc; : > /etc/drill; touch -r /dev/null /etc/drill' },
  twin: { script: 'mkdir -p /etc; touch /etc/drill' },
}

import type { Scenario } from '../scenario.ts'

export const logWipe: Scenario = {
  id: 'log-wipe',
  area: 'evasion',
  title: { en: 'a log of logins wiped', ko: '로그인 기록 삭제' },
  technique: 'T1070.002',
  rule: 'Log of logins wiped',
  act: { script: 'mkdir -p /var/log; : > /var/log/auth.log' },
  twin: { script: 'mkdir -p /var/log; : > /var/log/app.log' },
}

import type { Scenario } from '../scenario.ts'

export const authorisedKeys: Scenario = {
  id: 'authorised-keys',
  area: 'persistence',
  title: { en: 'a key that may log in', ko: 'SSH 허용 키 추가' },
  technique: 'T1098.004',
  rule: 'Authorised SSH keys changed',
  act: { script: 'mkdir -p /root/.ssh; : > /root/.ssh/authorized_keys' },
  twin: { script: 'mkdir -p /root/.ssh; : > /root/.ssh/config' },
}

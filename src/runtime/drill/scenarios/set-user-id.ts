import type { Scenario } from '../scenario.ts'

export const setUserId: Scenario = {
  id: 'set-user-id',
  area: 'escalation',
  title: { en: 'a file that runs as its owner', ko: 'setuid 비트' },
  technique: 'T1548.001',
  rule: 'Set-user-ID bit set',
  act: { script: ': > /tmp/file; chmod u+s /tmp/file' },
  twin: { script: ': > /tmp/file; chmod u+x /tmp/file' },
}

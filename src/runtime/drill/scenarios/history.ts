import type { Scenario } from '../scenario.ts'

export const history: Scenario = {
  id: 'history',
  area: 'evasion',
  title: { en: 'the history of a shell removed', ko: '셸 기록 삭제' },
  technique: 'T1070.003',
  rule: 'Shell history removed',
  act: {
    script:
      'mkdir -p /root; : > /root/.bash_history.new; mv /root/.bash_history.new /root/.bash_history; rm /root/.bash_history',
  },
  twin: { script: 'mkdir -p /root; : > /root/notes; rm /root/notes' },
}

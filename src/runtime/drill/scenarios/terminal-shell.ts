import type { Scenario } from '../scenario.ts'

export const terminalShell: Scenario = {
  id: 'terminal-shell',
  area: 'shell',
  title: { en: 'a shell with a terminal', ko: '터미널 셸' },
  technique: 'T1059.004',
  rule: 'Terminal shell in container',
  act: { script: 'sh -c true', terminal: true },
  twin: { script: 'sh -c true' },
}

import type { Scenario } from '../scenario.ts'

export const forkBomb: Scenario = {
  id: 'fork-bomb',
  area: 'dos',
  title: { en: 'the text of a fork bomb', ko: '포크 폭탄 명령' },
  technique: 'T1499.004',
  rule: 'Fork bomb',
  act: { script: `sh -c ': ":(){ :|:& };:"'` },
  twin: { script: `sh -c ': ":(){ true; };:"'` },
}

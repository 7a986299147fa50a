import type { Scenario } from '../scenario.ts'

export const hiddenProgram: Scenario = {
  id: 'hidden-program',
  area: 'evasion',
  title: { en: 'a hidden program', ko: '숨김 프로그램' },
  technique: 'T1564.001',
  rule: 'Hidden program executed',
  act: { script: 'mkdir -p /opt/drill; cp "$(command -v uname)" /opt/drill/.uname; /opt/drill/.uname' },
  twin: { script: 'mkdir -p /opt/drill; cp "$(command -v uname)" /opt/drill/uname; /opt/drill/uname' },
}

import type { Scenario } from '../scenario.ts'

export const temporaryProgram: Scenario = {
  id: 'temporary-program',
  area: 'drift',
  title: { en: 'a program in a temporary folder', ko: '임시 폴더의 프로그램' },
  technique: 'T1059',
  rule: 'Program executed from a temporary folder',
  act: { script: 'cp "$(command -v uname)" /tmp/uname; /tmp/uname -s' },
  twin: { script: 'cp "$(command -v uname)" /tmp/uname; uname -s' },
  mustBlock: { effect: 'Linux' },
}

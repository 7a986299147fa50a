import type { Scenario } from '../scenario.ts'

export const droppedProgram: Scenario = {
  id: 'dropped-program',
  area: 'drift',
  title: { en: 'a program that is not in the image', ko: '이미지에 없는 프로그램' },
  technique: 'T1105',
  rule: 'Program that is not in the image executed',
  act: {
    script:
      'mkdir -p /usr/local/bin; cp "$(command -v uname)" /usr/local/bin/uname-dropped; /usr/local/bin/uname-dropped -s',
  },
  twin: { script: 'mkdir -p /usr/local/bin; cp "$(command -v uname)" /usr/local/bin/uname-dropped; uname -s' },
  mustBlock: { effect: 'Linux' },
}

import type { Scenario } from '../scenario.ts'

export const decodedCommand: Scenario = {
  id: 'decoded-command',
  area: 'shell',
  title: { en: 'an encoded command, decoded and run', ko: '인코딩된 명령 실행' },
  technique: 'T1140',
  rule: 'Decoded text run by a shell',
  act: { script: `sh -c 'echo dHJ1ZQ== | base64 -d | sh'` },
  twin: { script: `sh -c 'echo dHJ1ZQ== | base64 -d > /dev/null'` },
}

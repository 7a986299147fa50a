import type { Scenario } from '../scenario.ts'

export const poolPort: Scenario = {
  id: 'pool-port',
  area: 'mining',
  title: { en: 'the port of a mining pool', ko: '채굴 풀 포트' },
  technique: 'T1496',
  rule: 'Connection to the port of a mining pool',
  tools: ['bash'],
  act: { script: `bash -c ': < /dev/tcp/198.51.100.7/3333'` },
  twin: { script: `bash -c ': < /dev/tcp/127.0.0.1/3333'` },
}

import type { Scenario } from '../scenario.ts'

export const unusualPort: Scenario = {
  id: 'unusual-port',
  area: 'network',
  title: { en: 'an unusual port outside', ko: '외부의 비정상 포트' },
  technique: 'T1571',
  rule: 'Connection to an unusual port outside',
  tools: ['bash'],
  act: { script: `bash -c ': < /dev/tcp/198.51.100.7/31337'` },
  twin: { script: `bash -c ': < /dev/tcp/127.0.0.1/31337'` },
}

import type { Scenario } from '../scenario.ts'

export const managementPort: Scenario = {
  id: 'management-port',
  area: 'lateral',
  title: { en: 'the port of a Docker daemon', ko: 'Docker 데몬 포트' },
  technique: 'T1210',
  rule: 'Management port of containers contacted',
  tools: ['bash'],
  act: { script: `bash -c ': < /dev/tcp/127.0.0.1/2375'` },
  twin: { script: `bash -c ': < /dev/tcp/127.0.0.1/8080'` },
}

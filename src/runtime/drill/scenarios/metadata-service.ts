import type { Scenario } from '../scenario.ts'

export const metadataService: Scenario = {
  id: 'metadata-service',
  area: 'credentials',
  title: { en: 'the metadata service of the cloud', ko: '클라우드 메타데이터' },
  technique: 'T1552.005',
  rule: 'Metadata service of the cloud asked by a tool',
  tools: ['bash'],
  act: { script: `bash -c ': < /dev/tcp/169.254.169.254/80'` },
  twin: { script: `bash -c ': < /dev/tcp/127.0.0.1/80'` },
}

import { type Scenario, systemCall } from '../scenario.ts'

export const pageFaults: Scenario = {
  id: 'page-faults',
  area: 'escalation',
  title: { en: 'page faults handled by a program', ko: 'userfaultfd 사용' },
  technique: 'T1068',
  rule: 'Page faults handled by a program',
  tools: ['perl'],
  act: { script: `perl -e 'syscall(${systemCall('userfaultfd')}, 0)'`, options: ['--user', '1000:1000'] },
  twin: { script: `perl -e '1'`, options: ['--user', '1000:1000'] },
}

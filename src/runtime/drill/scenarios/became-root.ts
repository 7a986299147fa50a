import { type Scenario, systemCall } from '../scenario.ts'

export const becameRoot: Scenario = {
  id: 'became-root',
  area: 'escalation',
  title: { en: 'a process that makes itself root', ko: 'root가 되는 프로세스' },
  technique: 'T1548',
  rule: 'Process became root',
  tools: ['perl', 'setpriv'],
  act: {
    script: `setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps +setuid --ambient-caps +setuid perl -e 'syscall(${systemCall('setuid')}, 0)'`,
  },
  twin: {
    script: `setpriv --reuid 1000 --regid 1000 --clear-groups --inh-caps +setuid --ambient-caps +setuid perl -e 'syscall(${systemCall('setuid')}, 1000)'`,
  },
}

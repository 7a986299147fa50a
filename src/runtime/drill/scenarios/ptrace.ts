import { type Scenario, systemCall } from '../scenario.ts'

export const ptrace: Scenario = {
  id: 'ptrace',
  area: 'credentials',
  title: { en: 'a process taken over by ptrace', ko: 'ptrace 프로세스 장악' },
  technique: 'T1055.008',
  rule: 'Process taken over by a debugger call',
  tools: ['perl'],
  act: {
    script: `perl -e '$p = fork; if (!$p) { sleep 1; exit } syscall(${systemCall('ptrace')}, 16, $p, 0, 0); kill 9, $p'`,
  },
  twin: { script: `perl -e '$p = fork; if (!$p) { sleep 1; exit } kill 9, $p'` },
}

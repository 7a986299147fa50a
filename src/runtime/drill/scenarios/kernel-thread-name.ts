import type { Scenario } from '../scenario.ts'

export const kernelThreadName: Scenario = {
  id: 'kernel-thread-name',
  area: 'evasion',
  title: { en: 'a program named like a kernel thread', ko: '커널 스레드 위장' },
  technique: 'T1036.004',
  rule: 'Process disguised as a kernel thread',
  tools: ['bash'],
  act: { script: `bash -c 'exec -a "[kworker/0:1]" cat /dev/null'` },
  twin: { script: `bash -c 'exec -a "kworker" cat /dev/null'` },
}

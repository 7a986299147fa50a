import type { Scenario } from '../scenario.ts'

export const kernelMemory: Scenario = {
  id: 'kernel-memory',
  area: 'escape',
  title: { en: 'the memory of the kernel', ko: '커널 메모리' },
  technique: 'T1611',
  rule: 'Kernel or physical memory opened',
  act: { script: 'head -c 1 /proc/kcore > /dev/null' },
  twin: { script: 'head -c 1 /proc/meminfo > /dev/null' },
}

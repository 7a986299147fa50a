import type { Scenario } from '../scenario.ts'

export const kernelMemory: Scenario = {
  id: 'kernel-memory',
  area: 'escape',
  title: { en: 'the memory of the machine (a file of that name)', ko: '물리 메모리 장치(같은 이름의 파일)' },
  technique: 'T1611',
  rule: 'Kernel or physical memory opened',
  act: { script: ': > /dev/mem; head -c 1 /dev/mem > /dev/null' },
  twin: { script: ': > /dev/memory; head -c 1 /dev/memory > /dev/null' },
}

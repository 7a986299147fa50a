import { type Scenario, systemCall } from '../scenario.ts'

export const memoryWrite: Scenario = {
  id: 'memory-write',
  area: 'credentials',
  title: { en: 'the memory of another process written', ko: '다른 프로세스 메모리 쓰기' },
  technique: 'T1055',
  rule: 'Memory of another process written',
  tools: ['perl'],
  act: { script: `perl -e 'syscall(${systemCall('process_vm_writev')}, $$, 0, 0, 0, 0, 0)'` },
  twin: { script: `perl -e '1'` },
}

import type { Scenario } from '../scenario.ts'

export const sharedMemoryProgram: Scenario = {
  id: 'shared-memory-program',
  area: 'drift',
  title: { en: 'a program in shared memory', ko: '공유 메모리의 프로그램' },
  technique: 'T1027.011',
  rule: 'Program executed from shared memory',
  act: {
    script: 'cp "$(command -v uname)" /dev/shm/uname; /dev/shm/uname -s',
    options: ['--tmpfs', '/dev/shm:rw,exec'],
  },
  twin: { script: 'cp "$(command -v uname)" /dev/shm/uname; uname -s', options: ['--tmpfs', '/dev/shm:rw,exec'] },
  mustBlock: { effect: 'Linux' },
}

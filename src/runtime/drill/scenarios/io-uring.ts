import { type Scenario, systemCall } from '../scenario.ts'

export const ioUring: Scenario = {
  id: 'io-uring',
  area: 'evasion',
  title: { en: 'work given to the kernel through io_uring', ko: 'io_uring 사용' },
  technique: 'T1562.001',
  rule: 'Work given to the kernel past system calls',
  tools: ['perl'],
  act: { script: `perl -e '$p = "\\0" x 240; syscall(${systemCall('io_uring_setup')}, 1, $p)'` },
  twin: { script: `perl -e '1'` },
}

import { type Scenario, systemCall } from '../scenario.ts'

export const kernelProgram: Scenario = {
  id: 'kernel-program',
  area: 'persistence',
  title: { en: 'a program for the kernel', ko: 'eBPF 프로그램' },
  technique: 'T1014',
  rule: 'Kernel program loaded from a container',
  tools: ['perl'],
  act: { script: `perl -e '$a = "\\0" x 128; syscall(${systemCall('bpf')}, 5, $a, 128)'` },
  twin: { script: `perl -e '$a = "\\0" x 128; syscall(${systemCall('bpf')}, 1, $a, 128)'` },
}

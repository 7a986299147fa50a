import { type Scenario, systemCall } from '../scenario.ts'

export const memoryProgram: Scenario = {
  id: 'memory-program',
  area: 'drift',
  title: { en: 'a program that is in memory alone', ko: '메모리에만 있는 프로그램' },
  technique: 'T1620',
  rule: 'Program executed from memory alone',
  tools: ['perl'],
  act: {
    script: `perl -e '$n = "drill"; $f = syscall(${systemCall('memfd_create')}, $n, 0); open(I, "<", $ARGV[0]); open(O, ">&=", $f); binmode O; select O; $| = 1; local $/; print <I>; exec {"/proc/self/fd/$f"} "uname", "-s"' "$(command -v uname)"`,
  },
  twin: {
    script: `perl -e '$n = "drill"; $f = syscall(${systemCall('memfd_create')}, $n, 0); open(I, "<", $ARGV[0]); open(O, ">&=", $f); binmode O; select O; $| = 1; local $/; print <I>; exec {$ARGV[0]} "uname", "-s"' "$(command -v uname)"`,
  },
  mustBlock: { effect: 'Linux' },
}

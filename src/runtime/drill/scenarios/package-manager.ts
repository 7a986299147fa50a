import { pretend, type Scenario } from '../scenario.ts'

export const packageManager: Scenario = {
  id: 'package-manager',
  area: 'recon',
  title: { en: 'a package manager in a running container', ko: '실행 중 패키지 설치' },
  technique: 'T1105',
  rule: 'Package manager run in a running container',
  act: { script: `${pretend('apt-get')}; /opt/drill/apt-get install -y nothing` },
  twin: { script: `${pretend('apt-get')}; /opt/drill/apt-get --version` },
}

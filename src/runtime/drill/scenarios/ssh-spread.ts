import { pretend, type Scenario } from '../scenario.ts'

export const sshSpread: Scenario = {
  id: 'ssh-spread',
  area: 'lateral',
  title: { en: 'SSH that checks nothing', ko: '호스트 확인 없는 SSH' },
  technique: 'T1021.004',
  rule: 'SSH without a check of the host',
  act: { script: `${pretend('ssh')}; /opt/drill/ssh -o StrictHostKeyChecking=no drill@198.51.100.7 true` },
  twin: { script: `${pretend('ssh')}; /opt/drill/ssh -V` },
}

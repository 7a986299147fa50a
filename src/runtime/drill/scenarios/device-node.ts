import { pretend, type Scenario } from '../scenario.ts'

export const deviceNode: Scenario = {
  id: 'device-node',
  area: 'escape',
  title: { en: 'a device node', ko: '장치 파일 생성' },
  technique: 'T1611',
  rule: 'Device node made',
  act: { script: `${pretend('mknod')}; /opt/drill/mknod /tmp/disk b 8 0` },
  twin: { script: `${pretend('mknod')}; /opt/drill/mknod /tmp/pipe p` },
}

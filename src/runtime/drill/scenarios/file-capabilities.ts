import { pretend, type Scenario } from '../scenario.ts'

export const fileCapabilities: Scenario = {
  id: 'file-capabilities',
  area: 'escalation',
  title: { en: 'capabilities put on a file', ko: '파일 capability 부여' },
  technique: 'T1548.001',
  rule: 'Capabilities put on a file',
  act: { script: `${pretend('setcap')}; /opt/drill/setcap cap_setuid+ep /tmp/file` },
  twin: { script: `${pretend('setcap')}; /opt/drill/setcap -v cap_setuid+ep /tmp/file` },
}

import { pretend, type Scenario } from '../scenario.ts'

export const nsenter: Scenario = {
  id: 'nsenter',
  area: 'escape',
  title: { en: 'the tool that enters namespaces', ko: '네임스페이스 진입 도구' },
  technique: 'T1611',
  rule: 'Nsenter run in a container',
  act: { script: `${pretend('nsenter')}; /opt/drill/nsenter -t 1 -m true` },
  twin: { script: `${pretend('enter')}; /opt/drill/enter -t 1 -m true` },
}

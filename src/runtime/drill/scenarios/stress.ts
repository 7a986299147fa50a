import { pretend, type Scenario } from '../scenario.ts'

export const stress: Scenario = {
  id: 'stress',
  area: 'dos',
  title: { en: 'a tool that makes load', ko: '부하 도구' },
  technique: 'T1499',
  rule: 'Stress or flood tool run',
  act: { script: `${pretend('stress-ng')}; /opt/drill/stress-ng --cpu 1` },
  twin: { script: `${pretend('strength')}; /opt/drill/strength --cpu 1` },
}

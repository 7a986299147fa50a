import { pretend, type Scenario } from '../scenario.ts'

export const passwordGuessing: Scenario = {
  id: 'password-guessing',
  area: 'lateral',
  title: { en: 'a tool that guesses passwords', ko: '암호 대입 도구' },
  technique: 'T1110',
  rule: 'Tool for guessing passwords run',
  act: { script: `${pretend('hydra')}; /opt/drill/hydra -l root 127.0.0.1 ssh` },
  twin: { script: `${pretend('hydrate')}; /opt/drill/hydrate -l root` },
}

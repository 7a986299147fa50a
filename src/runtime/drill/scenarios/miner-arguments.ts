import { pretend, type Scenario } from '../scenario.ts'

export const minerArguments: Scenario = {
  id: 'miner-arguments',
  area: 'mining',
  title: { en: 'a miner by its arguments', ko: '채굴기 인자' },
  technique: 'T1496',
  rule: 'Arguments of a miner',
  act: { script: `${pretend('worker')}; /opt/drill/worker -o stratum+tcp://198.51.100.7:3333 -u drill` },
  twin: { script: `${pretend('worker')}; /opt/drill/worker -o tcp://198.51.100.7:3333 -u drill` },
}

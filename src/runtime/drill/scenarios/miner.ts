import { pretend, type Scenario } from '../scenario.ts'

export const miner: Scenario = {
  id: 'miner',
  area: 'mining',
  title: { en: 'a miner by its name', ko: '채굴기 이름' },
  technique: 'T1496',
  rule: 'Miner run',
  act: { script: `${pretend('xmrig')}; /opt/drill/xmrig --version` },
  twin: { script: `${pretend('archive')}; /opt/drill/archive --version` },
}

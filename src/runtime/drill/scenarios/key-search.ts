import type { Scenario } from '../scenario.ts'

export const keySearch: Scenario = {
  id: 'key-search',
  area: 'credentials',
  title: { en: 'a search for keys', ko: '키 검색' },
  technique: 'T1552.004',
  rule: 'Search for keys and passwords',
  tools: ['find'],
  act: { script: 'find /opt -maxdepth 1 -name id_rsa' },
  twin: { script: 'find /opt -maxdepth 1 -name README' },
}

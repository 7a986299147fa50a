import type { Scenario } from '../scenario.ts'

export const preloadList: Scenario = {
  id: 'preload-list',
  area: 'persistence',
  title: { en: 'the preload list of the loader', ko: 'ld.so.preload 변경' },
  technique: 'T1574.006',
  rule: 'Preload list of the dynamic loader written',
  act: { script: ': > /etc/ld.so.preload' },
  twin: { script: ': > /etc/ld.so.drill' },
}

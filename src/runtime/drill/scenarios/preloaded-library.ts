import type { Scenario } from '../scenario.ts'

export const preloadedLibrary: Scenario = {
  id: 'preloaded-library',
  area: 'persistence',
  title: { en: 'a preloaded library', ko: '라이브러리 선적재' },
  technique: 'T1574.006',
  rule: 'Library preloaded from a temporary folder',
  act: { script: 'LD_PRELOAD=/tmp/none.so cat /dev/null' },
  twin: { script: 'LD_PRELOAD= cat /dev/null' },
}

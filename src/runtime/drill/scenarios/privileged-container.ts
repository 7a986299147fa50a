import type { Scenario } from '../scenario.ts'

export const privilegedContainer: Scenario = {
  id: 'privileged-container',
  area: 'escape',
  title: { en: 'a container with every privilege', ko: '특권 컨테이너' },
  technique: 'T1611',
  rule: 'Privileged container started',
  act: { script: 'true', options: ['--privileged'] },
  twin: { script: 'true' },
}

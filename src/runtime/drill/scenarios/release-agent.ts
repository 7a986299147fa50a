import type { Scenario } from '../scenario.ts'

export const releaseAgent: Scenario = {
  id: 'release-agent',
  area: 'escape',
  title: { en: 'a release agent of control groups', ko: 'cgroup release_agent 쓰기' },
  technique: 'T1611',
  rule: 'Control group release agent written',
  act: { script: 'echo /none > /tmp/release_agent' },
  twin: { script: 'echo /none > /tmp/release_notes' },
}

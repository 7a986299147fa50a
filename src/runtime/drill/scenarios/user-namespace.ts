import { pretend, type Scenario } from '../scenario.ts'

export const userNamespace: Scenario = {
  id: 'user-namespace',
  area: 'escape',
  title: { en: 'a user namespace', ko: '사용자 네임스페이스' },
  technique: 'T1611',
  rule: 'New user namespace made',
  act: { script: `${pretend('unshare')}; /opt/drill/unshare --user true` },
  twin: { script: `${pretend('unshare')}; /opt/drill/unshare --uts true` },
}

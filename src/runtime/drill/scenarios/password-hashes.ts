import type { Scenario } from '../scenario.ts'

export const passwordHashes: Scenario = {
  id: 'password-hashes',
  area: 'credentials',
  title: { en: 'the file of password hashes', ko: '암호 해시 파일' },
  technique: 'T1003.008',
  rule: 'Password hashes read',
  act: { script: `[ -e /etc/shadow ] || echo 'root:*:20000::::::' > /etc/shadow; cat /etc/shadow > /dev/null` },
  twin: { script: `[ -e /etc/shadow ] || echo 'root:*:20000::::::' > /etc/shadow; cat /etc/passwd > /dev/null` },
}

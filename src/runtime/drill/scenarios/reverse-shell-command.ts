import type { Scenario } from '../scenario.ts'

export const reverseShellCommand: Scenario = {
  id: 'reverse-shell-command',
  area: 'reverse_shell',
  title: { en: 'the command line of a reverse shell', ko: '리버스 셸 명령행' },
  technique: 'T1059.004',
  rule: 'Command line of a reverse shell',
  tools: ['bash'],
  act: { script: `bash -c 'true >& /dev/tcp/127.0.0.1/9 0>&1'` },
  twin: { script: `bash -c '</dev/tcp/127.0.0.1/9'` },
}

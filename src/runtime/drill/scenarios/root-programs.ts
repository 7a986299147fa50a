import type { Scenario } from '../scenario.ts'

export const rootPrograms: Scenario = {
  id: 'root-programs',
  area: 'recon',
  title: { en: 'a search for programs that run as root', ko: 'setuid 프로그램 검색' },
  technique: 'T1548.001',
  rule: 'Search for set-user-ID programs',
  tools: ['find'],
  act: { script: 'find /opt -maxdepth 1 -perm -4000' },
  twin: { script: 'find /opt -maxdepth 1 -perm 0644' },
}

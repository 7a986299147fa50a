import type { Scenario } from '../scenario.ts'

export const scheduledJob: Scenario = {
  id: 'scheduled-job',
  area: 'persistence',
  title: { en: 'a scheduled job', ko: '예약 작업' },
  technique: 'T1053.003',
  rule: 'Scheduled job written',
  act: { script: 'mkdir -p /etc/cron.d; : > /etc/cron.d/drill' },
  twin: { script: 'mkdir -p /etc/jobs.d; : > /etc/jobs.d/drill' },
}

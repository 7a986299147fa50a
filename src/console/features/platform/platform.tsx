import type { Health } from '../../../server/schemas/health.ts'
import { useOne } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { Page } from '../../ui/parts/page.tsx'
import { Tabs } from '../../ui/parts/tabs.tsx'
import { useText } from '../../ui/text/text.tsx'
import { Account } from './account.tsx'
import { Audit } from './audit.tsx'
import { HealthBoard } from './health.tsx'
import { Jobs } from './jobs.tsx'
import { Outputs } from './outputs.tsx'
import { SettingsForm } from './settings.tsx'
import { Tokens } from './tokens.tsx'
import { Users } from './users.tsx'

/** Is the guard itself healthy and unaltered? */
export function Platform() {
  const { t } = useText()
  const admin = useMay('admin')
  const health = useOne<Health>('health')
  const bad = health.data?.parts.filter(({ state }) => state === 'failed' || state === 'degraded').length ?? 0
  const answer =
    health.data === undefined ? t('platform.question') : bad > 0 ? t('platform.bad', { n: bad }) : t('platform.good')
  const forAdmin = [
    { id: 'users', label: t('platform.users'), show: () => <Users /> },
    { id: 'tokens', label: t('platform.tokens'), show: () => <Tokens /> },
    { id: 'outputs', label: t('platform.outputs'), show: () => <Outputs /> },
    { id: 'audit', label: t('platform.audit'), show: () => <Audit /> },
    { id: 'settings', label: t('platform.settings'), show: () => <SettingsForm /> },
  ]
  return (
    <Page title={t('nav.platform')} answer={answer}>
      <Tabs
        label={t('nav.platform')}
        tabs={[
          { id: 'health', label: t('platform.health'), show: () => <HealthBoard /> },
          { id: 'jobs', label: t('platform.jobs'), show: () => <Jobs /> },
          ...(admin ? forAdmin : []),
          { id: 'account', label: t('platform.account'), show: () => <Account /> },
        ]}
      />
    </Page>
  )
}

import type { Today } from '../../../server/schemas/health.ts'
import { useOne } from '../../ui/api/query.ts'
import { count } from '../../ui/format/number.ts'
import { Page } from '../../ui/parts/page.tsx'
import { Tabs } from '../../ui/parts/tabs.tsx'
import { useText } from '../../ui/text/text.tsx'
import { Containers } from './containers.tsx'
import { Hosts } from './hosts.tsx'

/** What runs, and what is nobody watching? */
export function Inventory() {
  const { t, lang } = useText()
  const today = useOne<Today>('today')
  const counts = today.data?.counts
  const answer = counts
    ? t('inventory.answer', {
        containers: count(counts.containers, lang),
        images: count(counts.images, lang),
        blind: count(counts.blindSpots, lang),
      })
    : t('inventory.question')
  return (
    <Page table title={t('nav.inventory')} answer={answer}>
      <Tabs
        label={t('nav.inventory')}
        tabs={[
          { id: 'containers', label: t('inventory.containers'), show: () => <Containers /> },
          { id: 'hosts', label: t('inventory.hosts'), show: () => <Hosts /> },
        ]}
      />
    </Page>
  )
}

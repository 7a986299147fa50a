import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Today } from '../../../server/schemas/health.ts'
import { StartJob } from '../../ui/domain/start-job.tsx'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { SeverityTag } from '../../ui/parts/severity.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'

type Item = Today['items'][number]

/** What to do, most important first: each with its owner and one button. */
export function Todo({ items, empty }: { items: Item[]; empty: ReactNode }) {
  const { t, both } = useText()
  if (items.length === 0) return <>{empty}</>
  return (
    <ol className="list">
      {items.slice(0, 20).map(item => (
        <li key={`${item.kind} ${item.ref}`} className="todo">
          <div>
            <SeverityTag value={item.severity} />
          </div>
          <div style={{ minWidth: 0 }}>
            <div className="strong">{visible(both(item.title), { limit: 300 })}</div>
            <div className="small dim">
              {t(`todo.${item.kind}`)} · {visible(both(item.detail), { limit: 300 })}
            </div>
            <div className="small dim">
              {item.owner ? visible(item.owner, { limit: 80 }) : t('todo.no_owner')} · <Ago at={item.at} />
            </div>
          </div>
          <div>
            <OneButton item={item} />
          </div>
        </li>
      ))}
    </ol>
  )
}

const rooms: Record<Item['kind'], string> = {
  incident: 'incidents',
  vulnerability: 'vulnerabilities',
  secret: 'images',
  malware: 'images',
  risk: 'containers',
  decision: 'decisions',
  blind_spot: 'hosts',
  feed: 'platform',
  drill: 'response',
  job: 'platform',
}
/** The tab of that screen that shows it. */
const tabs: Partial<Record<Item['kind'], string>> = { secret: 'secrets', malware: 'malware', job: 'jobs' }
const wholeRooms = new Set(['decisions', 'platform', 'response'])

function OneButton({ item }: { item: Item }) {
  const { t } = useText()
  const navigate = useNavigate()
  if (item.action === 'scan') return <StartJob kind="scan_image" target={item.ref} label={t('todo.do_scan')} />
  if (item.action === 'update_feeds') return <StartJob kind="feeds" label={t('todo.do_update_feeds')} />
  const room = item.action === 'run_drill' ? 'response' : rooms[item.kind]
  const tab = tabs[item.kind]
  const search = item.action === 'decide' ? { decide: '1' } : tab ? { tab } : {}
  const to = wholeRooms.has(room) || item.ref === '' ? `/${room}` : pathOf(room, item.ref)
  return <Button onClick={() => void navigate({ to, search: search as never })}>{t(`todo.do_${item.action}`)}</Button>
}

import type { Health, Today as TodayData } from '../../../server/schemas/health.ts'
import { useOne } from '../../ui/api/query.ts'
import { useStarter } from '../../ui/domain/verdict.tsx'
import { count } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { Go } from '../../ui/parts/go.tsx'
import { Page, Panel } from '../../ui/parts/page.tsx'
import { PriorityTag } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { Ago, At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { Fixes } from './fixes.tsx'
import { Todo } from './todo.tsx'
import { Trend } from './trend.tsx'

/** What changed since yesterday, and what must be done first? */
export function Today() {
  const today = useOne<TodayData>('today')
  const { t } = useText()
  return (
    <Page title={t('nav.today')} answer={today.data ? <Answer today={today.data} /> : t('today.question')}>
      <Ready of={today}>{data => <Board today={data} />}</Ready>
    </Page>
  )
}

function Answer({ today }: { today: TodayData }) {
  const { t, lang } = useText()
  const { openIncidents, newFindings, kevInUse } = today.counts
  return (
    <>
      {t('today.answer', {
        incidents: count(openIncidents, lang),
        findings: count(newFindings, lang),
        kev: count(kevInUse, lang),
      })}{' '}
      <span className="dim">
        {t('today.since')} <At at={today.since} />
      </span>
    </>
  )
}

function Board({ today }: { today: TodayData }) {
  const { t } = useText()
  return (
    <>
      <Tiles today={today} />
      <div className="grid two">
        <div className="stack">
          <Panel title={t('today.first')} flush>
            <Todo items={today.items} empty={<Quiet />} />
          </Panel>
          <Panel title={t('today.fixes')} note={t('today.fixes_note')} flush>
            <Fixes fixes={today.fixes} />
          </Panel>
        </div>
        <div className="stack">
          <Panel title={t('today.incidents')} flush>
            <OpenIncidents incidents={today.incidents} />
          </Panel>
          <Panel title={t('today.trend')}>
            <Trend days={today.trend} />
          </Panel>
          <AdvisoryAge />
        </div>
      </div>
    </>
  )
}

function Tiles({ today: { counts, vulnerabilities } }: { today: TodayData }) {
  const { t, lang } = useText()
  const tiles: { to: string; search?: Record<string, string>; value: number; label: string; tone?: string }[] = [
    {
      to: '/incidents',
      value: counts.openIncidents,
      label: t('today.n_incidents'),
      tone: 'bad',
    },
    {
      to: '/vulnerabilities',
      search: { kev: 'true', inUse: 'yes' },
      value: counts.kevInUse,
      label: t('today.n_kev'),
      tone: 'bad',
    },
    {
      to: '/vulnerabilities',
      search: { severity: 'CRITICAL' },
      value: vulnerabilities.CRITICAL,
      label: t('today.n_critical'),
      tone: 'bad',
    },
    { to: '/vulnerabilities', search: { view: 'new' }, value: counts.newFindings, label: t('today.n_new') },
    {
      to: '/decisions',
      search: { expiring: '14' },
      value: counts.expiringDecisions,
      label: t('today.n_expiring'),
      tone: 'warn',
    },
    { to: '/inventory', search: { tab: 'hosts' }, value: counts.blindSpots, label: t('today.n_blind'), tone: 'warn' },
    { to: '/inventory', value: counts.containers, label: t('today.n_containers') },
    { to: '/images', value: counts.images, label: t('today.n_images') },
  ]
  return (
    <div className="grid tiles">
      {tiles.map(({ to, search, value, label, tone }) => (
        <Go key={label} to={to} {...(search ? { search } : {})} className={`tile ${value > 0 ? (tone ?? '') : ''}`}>
          <b>{count(value, lang)}</b>
          <span>{label}</span>
        </Go>
      ))}
    </div>
  )
}

/** Nothing to do is only good news when the data to know it was there. */
function Quiet() {
  const { t } = useText()
  const starter = useStarter()
  return starter === false ? (
    <Empty title={t('today.quiet')} />
  ) : (
    <Empty title={t('none.starter')}>{t('none.starter_why')}</Empty>
  )
}

function OpenIncidents({ incidents }: { incidents: TodayData['incidents'] }) {
  const { t, lang } = useText()
  if (incidents.length === 0) return <Empty title={t('incidents.none_open')} />
  return (
    <ul className="list">
      {incidents.slice(0, 8).map(({ id, title, priority, container, count: times, last }) => (
        <li key={id}>
          <div className="row">
            <PriorityTag value={priority} />
            <Go to={pathOf('incidents', id)} className="strong">
              {visible(title[lang], { limit: 200 })}
            </Go>
          </div>
          <div className="small dim">
            {visible(container, { limit: 200 })} · {t('incidents.times', { n: count(times, lang) })} · <Ago at={last} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function AdvisoryAge() {
  const { t, lang } = useText()
  const health = useOne<Health>('health')
  return (
    <Panel title={t('today.advisories')}>
      <Ready of={health}>
        {({ advisories }) => (
          <div>
            {advisories.starter ? t('banner.starter') : t('today.built')}{' '}
            {advisories.builtAt && <Ago at={advisories.builtAt} />}
            <div className="small dim">
              {t('today.sources', {
                n: advisories.sources.length,
                records: count(
                  advisories.sources.reduce((sum, { records }) => sum + records, 0),
                  lang,
                ),
              })}
            </div>
          </div>
        )}
      </Ready>
    </Panel>
  )
}

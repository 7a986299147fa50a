import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Health, Today } from '../../server/schemas/health.ts'
import type { LiveState } from '../ui/api/live.ts'
import { useOne, useWrite } from '../ui/api/query.ts'
import { useMe } from '../ui/api/session.tsx'
import { visible } from '../ui/format/safe.ts'
import { Go } from '../ui/parts/go.tsx'
import { Mark } from '../ui/parts/mark.tsx'
import { useText } from '../ui/text/text.tsx'
import { Icon, type IconName } from './icons.tsx'

const rooms: { path: string; name: Exclude<IconName, 'menu' | 'moon' | 'sun' | 'keys'> }[] = [
  { path: '/', name: 'today' },
  { path: '/incidents', name: 'incidents' },
  { path: '/vulnerabilities', name: 'vulnerabilities' },
  { path: '/images', name: 'images' },
  { path: '/inventory', name: 'inventory' },
  { path: '/decisions', name: 'decisions' },
  { path: '/rules', name: 'rules' },
  { path: '/response', name: 'response' },
  { path: '/reports', name: 'reports' },
  { path: '/platform', name: 'platform' },
]

export function Navigation({ live, showHelp }: { live: LiveState; showHelp: () => void }) {
  const { t } = useText()
  const today = useOne<Today>('today')
  const open = today.data?.counts.openIncidents ?? 0
  return (
    <>
      <Go to="/" className="brand">
        <Mark />
        Jenner
      </Go>
      <nav aria-label={t('nav.rooms')}>
        {rooms.map(({ path, name }) => (
          <Link
            key={path}
            to={path as string}
            className="nav-link"
            activeOptions={{ exact: path === '/', includeSearch: false }}
          >
            <Icon name={name} />
            {t(`nav.${name}`)}
            {name === 'incidents' && open > 0 && (
              <span className="nav-count">
                {open}
                <span className="sr"> {t('nav.open_incidents')}</span>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <Foot live={live} showHelp={showHelp} />
    </>
  )
}

function Foot({ live, showHelp }: { live: LiveState; showHelp: () => void }) {
  const { t, lang, setLang } = useText()
  const { user } = useMe()
  const scheme = useComputedColorScheme('light')
  const { setColorScheme } = useMantineColorScheme()
  const client = useQueryClient()
  const leave = useWrite('POST', 'auth/logout', [])
  return (
    <div className="side-foot">
      <div className="side-tools">
        <button
          type="button"
          className="toggle"
          lang={lang === 'ko' ? 'en' : 'ko'}
          onClick={() => setLang(lang === 'ko' ? 'en' : 'ko')}
        >
          {lang === 'ko' ? 'English' : '한국어'}
        </button>
        <ActionIcon
          onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
          aria-label={t(scheme === 'dark' ? 'nav.light' : 'nav.dark')}
        >
          <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
        </ActionIcon>
        <ActionIcon onClick={showHelp} aria-label={t('help.title')}>
          <Icon name="keys" />
        </ActionIcon>
      </div>
      <Work />
      <div className="side-tools">
        <span className={`dot ${live}`} aria-hidden="true" />
        <span className="small dim">{t(`live.${live}`)}</span>
      </div>
      <div className="side-tools">
        <span className="small clip">
          <span className="strong">{visible(user.name)}</span> <span className="dim">{t(`role.${user.role}`)}</span>
        </span>
        <button
          type="button"
          className="toggle end"
          onClick={() => leave.mutate({}, { onSettled: () => client.setQueryData(['me'], null) })}
        >
          {t('nav.sign_out')}
        </button>
      </div>
    </div>
  )
}

/** What the platform is busy with: first scans, feeds, drills. */
function Work() {
  const { t } = useText()
  const jobs = useOne<Health>('health').data?.jobs
  const busy = jobs === undefined ? 0 : jobs.running + jobs.queued
  if (busy === 0) return null
  return (
    <Go to="/platform" search={{ tab: 'jobs' }} className="nav-link small">
      {t('nav.work', { n: busy })}
    </Go>
  )
}

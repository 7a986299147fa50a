import { ActionIcon, Drawer } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { followLive, type LiveState } from '../ui/api/live.ts'
import { useKeys } from '../ui/keys/use-keys.ts'
import { Go } from '../ui/parts/go.tsx'
import { Mark } from '../ui/parts/mark.tsx'
import { useText } from '../ui/text/text.tsx'
import { Banners } from './banners.tsx'
import { Help } from './help.tsx'
import { Icon } from './icons.tsx'
import { Navigation } from './navigation.tsx'

/** The frame around every screen: navigation, warnings that hold everywhere, live updates, the list of keys. */
export function Shell() {
  const { t } = useText()
  const live = useLive()
  const [menu, setMenu] = useState(false)
  const [help, setHelp] = useState(false)
  const { pathname } = useLocation()
  useEffect(() => setMenu(pathname === ''), [pathname])
  useKeys({ '?': () => setHelp(true) })
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <aside className="side" aria-label={t('nav.side')}>
        <Navigation live={live} showHelp={() => setHelp(true)} />
      </aside>
      <header className="top">
        <ActionIcon size="lg" onClick={() => setMenu(true)} aria-label={t('nav.menu')}>
          <Icon name="menu" />
        </ActionIcon>
        <Go to="/" className="brand">
          <Mark />
          Jenner
        </Go>
      </header>
      <Drawer
        opened={menu}
        onClose={() => setMenu(false)}
        size={264}
        padding={12}
        className="drawer"
        title={t('nav.menu')}
        closeButtonProps={{ 'aria-label': t('do.close') }}
      >
        <div className="side">
          <Navigation live={live} showHelp={() => setHelp(true)} />
        </div>
      </Drawer>
      <main id="main" className="main" tabIndex={-1}>
        <Banners live={live} />
        <Outlet />
      </main>
      {help && <Help close={() => setHelp(false)} />}
    </div>
  )
}

function useLive(): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => followLive(client, setState), [client])
  return state
}

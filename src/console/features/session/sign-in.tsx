import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AuthState, Me } from '../../../server/schemas/users.ts'
import { type ApiError, write } from '../../ui/api/client.ts'
import { useOne } from '../../ui/api/query.ts'
import { visible } from '../../ui/format/safe.ts'
import { Mark } from '../../ui/parts/mark.tsx'
import { Ready, useErrorText } from '../../ui/parts/states.tsx'
import { useText } from '../../ui/text/text.tsx'

type Enter = (session: Me) => void

/** Sign-in; from a one-time link (an administrator's first visit, an invitation) a password is set first. */
export function SignIn({ enter }: { enter: Enter }) {
  const { t, lang, setLang } = useText()
  const state = useOne<AuthState>('auth')
  const token = setupToken()
  return (
    <main className="sign">
      <div className="panel panel-body stack">
        <div className="row">
          <h1 className="brand" style={{ margin: 0, padding: 0, fontSize: 20 }}>
            <Mark />
            Jenner
          </h1>
          <button type="button" className="toggle end" onClick={() => setLang(lang === 'ko' ? 'en' : 'ko')}>
            {lang === 'ko' ? 'English' : '한국어'}
          </button>
        </div>
        <Ready of={state}>
          {auth =>
            token !== undefined ? (
              <SetupForm token={token} named={auth.setupNeeded} enter={enter} />
            ) : (
              <>
                {auth.setupNeeded && <p className="note">{t('setup.needed')}</p>}
                <LoginForm enter={enter} />
                {auth.oidc && (
                  <Button component="a" href="/api/v1/auth/oidc" size="sm">
                    {t('sign.oidc', { name: visible(auth.oidc.name) })}
                  </Button>
                )}
                <span className="note small">{t('sign.version', { version: visible(auth.version) })}</span>
              </>
            )
          }
        </Ready>
      </div>
    </main>
  )
}

function LoginForm({ enter }: { enter: Enter }) {
  const { t } = useText()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const send = useMutation<Me, ApiError>({
    mutationFn: () => signIn('auth/login', { name, password }),
    onSuccess: enter,
  })
  return (
    <form className="stack" onSubmit={on(() => send.mutate())}>
      <TextInput
        size="sm"
        label={t('sign.name')}
        autoComplete="username"
        required
        maxLength={64}
        value={name}
        onChange={e => setName(e.currentTarget.value)}
      />
      <PasswordInput
        label={t('sign.password')}
        autoComplete="current-password"
        required
        maxLength={256}
        value={password}
        onChange={e => setPassword(e.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
      />
      <Problem error={send.error} />
      <Button type="submit" size="sm" variant="filled" loading={send.isPending}>
        {t('sign.in')}
      </Button>
    </form>
  )
}

function SetupForm({ token, named, enter }: { token: string; named: boolean; enter: Enter }) {
  const { t } = useText()
  const [name, setName] = useState('admin')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const send = useMutation<Me, ApiError>({
    mutationFn: () => signIn('auth/setup', { token, password, ...(named ? { name } : {}) }),
    onSuccess: session => {
      window.history.replaceState(null, '', '/')
      enter(session)
    },
  })
  const short = password !== '' && password.length < 12 ? t('setup.short') : undefined
  const differs = again !== '' && again !== password ? t('setup.differs') : undefined
  return (
    <form className="stack" onSubmit={on(() => !short && password === again && send.mutate())}>
      <p style={{ margin: 0 }}>{t(named ? 'setup.first' : 'setup.invited')}</p>
      {named && (
        <TextInput
          size="sm"
          label={t('sign.name')}
          autoComplete="username"
          required
          maxLength={64}
          value={name}
          onChange={e => setName(e.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={t('setup.password')}
        description={t('setup.rule')}
        autoComplete="new-password"
        required
        error={short}
        value={password}
        onChange={e => setPassword(e.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
      />
      <PasswordInput
        label={t('setup.again')}
        autoComplete="new-password"
        required
        error={differs}
        value={again}
        onChange={e => setAgain(e.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
      />
      <Problem error={send.error} />
      <Button type="submit" size="sm" variant="filled" loading={send.isPending}>
        {t('setup.do')}
      </Button>
    </form>
  )
}

function Problem({ error }: { error: ApiError | null }) {
  const text = useErrorText()
  const { t } = useText()
  if (error === null) return null
  return (
    <p role="alert" style={{ margin: 0, color: 'var(--critical)' }}>
      {error.status === 401 ? t('problem.login_failed') : text(error)}
    </p>
  )
}

function signIn(path: string, body: unknown): Promise<Me> {
  return write<Me>('POST', path, body)
}

/** The token of a one-time link (`/setup#TOKEN`): behind `#`, where no server's log sees it. */
function setupToken(): string | undefined {
  const { hash, pathname } = window.location
  return pathname === '/setup' && hash.length > 1 ? hash.slice(1, 201) : undefined
}

function on(run: () => void) {
  return (event: FormEvent) => {
    event.preventDefault()
    run()
  }
}

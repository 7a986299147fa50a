import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Me } from '../../../server/schemas/users.ts'
import { setCsrf } from '../../ui/api/client.ts'
import { useWrite } from '../../ui/api/query.ts'
import { useMe } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Facts, Panel } from '../../ui/parts/page.tsx'
import { At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'

/** One's own account: who one is, a new password, the end of all other sessions. */
export function Account() {
  const { t } = useText()
  const { user, expires } = useMe()
  const notify = useNotify()
  const end = useWrite('DELETE', 'auth/sessions', [])
  return (
    <div className="grid half">
      <Panel title={t('account.who')}>
        <div className="stack">
          <Facts
            rows={[
              [t('sign.name'), visible(user.name)],
              [t('users.role'), `${t(`role.${user.role}`)} — ${t(`role_why.${user.role}`)}`],
              [t('account.expires'), <At key="expires" at={expires} />],
            ]}
          />
          <div>
            <Button
              loading={end.isPending}
              onClick={() =>
                end.mutate(undefined, { onSuccess: () => notify.done(t('account.ended')), onError: notify.failed })
              }
            >
              {t('account.end')}
            </Button>
          </div>
        </div>
      </Panel>
      {user.kind === 'local' && <NewPassword />}
    </div>
  )
}

function NewPassword() {
  const { t } = useText()
  const notify = useNotify()
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')
  const change = useWrite<Me, { old: string; password: string }>('POST', 'auth/password', ['me'])
  const short = password !== '' && password.length < 12 ? t('setup.short') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (short !== undefined) return
    change.mutate(
      { old, password },
      {
        onSuccess: me => {
          setCsrf(me.csrf)
          setOld('')
          setPassword('')
          notify.done(t('account.changed'))
        },
        onError: notify.failed,
      },
    )
  }
  return (
    <Panel title={t('account.password')}>
      <form className="stack" onSubmit={submit}>
        <PasswordInput
          size="xs"
          label={t('account.old')}
          autoComplete="current-password"
          required
          maxLength={256}
          value={old}
          onChange={event => setOld(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
        />
        <PasswordInput
          size="xs"
          label={t('setup.password')}
          description={t('setup.rule')}
          autoComplete="new-password"
          required
          maxLength={256}
          error={short}
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
        />
        <div>
          <Button type="submit" variant="filled" loading={change.isPending}>
            {t('account.change')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

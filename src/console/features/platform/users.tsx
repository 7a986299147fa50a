import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import type { Invitation, Role, User } from '../../../server/schemas/users.ts'
import { usePages, useWrite } from '../../ui/api/query.ts'
import { useMe } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Code } from '../../ui/parts/code.tsx'
import { Clip } from '../../ui/parts/go.tsx'
import { Panel } from '../../ui/parts/page.tsx'
import { Tag } from '../../ui/parts/severity.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { Ago, At } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

const roles: Role[] = ['viewer', 'analyst', 'admin']

/** Accounts; a new one gets a link that sets its password once. */
export function Users() {
  const text = useText()
  const { t } = text
  const users = usePages<User>('users', {}, 200)
  const [invitation, setInvitation] = useState<Invitation>()
  const columns = useMemo(() => columnsOf(text, setInvitation), [text])
  return (
    <div className="grid two">
      <Panel title={t('platform.users')} flush>
        <Ready of={{ ...users, data: users.data && users.rows }}>
          {rows => <PlainTable label={t('platform.users')} columns={columns} rows={rows} rowKey={row => row.id} />}
        </Ready>
      </Panel>
      <div className="stack">
        <NewUser tell={setInvitation} />
        {invitation && (
          <Panel title={t('users.link', { name: visible(invitation.user.name) })}>
            <div className="stack tight">
              <Code text={invitation.link} label={t('users.link', { name: visible(invitation.user.name) })} />
              <span className="small dim">
                {t('users.link_until')} <At at={invitation.expires} />
              </span>
            </div>
          </Panel>
        )}
      </div>
    </div>
  )
}

function NewUser({ tell }: { tell: (invitation: Invitation) => void }) {
  const { t } = useText()
  const notify = useNotify()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const create = useWrite<Invitation, { name: string; role: Role }>('POST', 'users', ['users'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({ name, role }, { onSuccess: tell, onError: notify.failed })
  }
  return (
    <Panel title={t('users.new')}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t('sign.name')}
          required
          maxLength={64}
          value={name}
          onChange={e => setName(e.currentTarget.value)}
        />
        <NativeSelect
          label={t('users.role')}
          description={t(`role_why.${role}`)}
          value={role}
          data={roles.map(value => ({ value, label: t(`role.${value}`) }))}
          onChange={event => setRole(event.currentTarget.value as Role)}
        />
        <div>
          <Button type="submit" variant="filled" loading={create.isPending}>
            {t('users.create')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function columnsOf({ t }: Text, tell: (invitation: Invitation) => void): Column<User>[] {
  return [
    { id: 'name', header: t('sign.name'), cell: row => <Clip className="strong" text={row.name} /> },
    { id: 'role', header: t('users.role'), width: 130, cell: row => <RoleSelect user={row} /> },
    {
      id: 'kind',
      header: t('users.kind'),
      width: 96,
      from: 'sm',
      cell: row => <Tag>{row.kind === 'oidc' ? 'OIDC' : t('users.local')}</Tag>,
    },
    { id: 'last', header: t('users.last'), width: 112, from: 'sm', cell: row => <Ago at={row.lastLogin} /> },
    { id: 'do', header: '', width: 210, from: 'sm', end: true, cell: row => <UserButtons user={row} tell={tell} /> },
  ]
}

function RoleSelect({ user }: { user: User }) {
  const { t } = useText()
  const notify = useNotify()
  const me = useMe()
  const patch = useWrite<unknown, { role: Role }>('PATCH', `users/${encodeURIComponent(user.id)}`, ['users'])
  return (
    <NativeSelect
      aria-label={`${t('users.role')}: ${visible(user.name)}`}
      value={user.role}
      disabled={user.id === me.user.id}
      data={roles.map(value => ({ value, label: t(`role.${value}`) }))}
      onChange={event => patch.mutate({ role: event.currentTarget.value as Role }, { onError: notify.failed })}
    />
  )
}

function UserButtons({ user, tell }: { user: User; tell: (invitation: Invitation) => void }) {
  const { t } = useText()
  const notify = useNotify()
  const me = useMe()
  const path = `users/${encodeURIComponent(user.id)}`
  const reset = useWrite<Invitation>('POST', `${path}/reset`, ['users'])
  const patch = useWrite<unknown, { disabled: boolean }>('PATCH', path, ['users'])
  return (
    <span className="row" style={{ justifyContent: 'flex-end' }}>
      {user.kind === 'local' && (
        <Button size="compact-xs" onClick={() => reset.mutate({}, { onSuccess: tell, onError: notify.failed })}>
          {t('users.reset')}
        </Button>
      )}
      <Button
        size="compact-xs"
        disabled={user.id === me.user.id}
        onClick={() => patch.mutate({ disabled: !user.disabled }, { onError: notify.failed })}
      >
        {t(user.disabled ? 'users.enable' : 'users.disable')}
      </Button>
    </span>
  )
}

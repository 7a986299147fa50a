import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import type { Token, TokenCreated, TokenScope } from '../../../server/schemas/users.ts'
import { usePages, useWrite } from '../../ui/api/query.ts'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Code } from '../../ui/parts/code.tsx'
import { Clip } from '../../ui/parts/go.tsx'
import { Panel } from '../../ui/parts/page.tsx'
import { Tag } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

const scopes: TokenScope[] = ['read', 'write', 'admin', 'agent', 'metrics']

/** Tokens of programs: each with a scope and an end; the secret is shown once. */
export function Tokens() {
  const text = useText()
  const { t } = text
  const tokens = usePages<Token>('tokens', {}, 200)
  const columns = useMemo(() => columnsOf(text), [text])
  return (
    <div className="grid two">
      <Panel title={t('platform.tokens')} flush>
        <Ready of={{ ...tokens, data: tokens.data && tokens.rows }}>
          {rows => (
            <PlainTable
              label={t('platform.tokens')}
              columns={columns}
              rows={rows}
              rowKey={row => row.id}
              empty={<Empty title={t('tokens.none')} />}
            />
          )}
        </Ready>
      </Panel>
      <NewToken />
    </div>
  )
}

function NewToken() {
  const { t } = useText()
  const notify = useNotify()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<TokenScope[]>(['read'])
  const [days, setDays] = useState<number>(90)
  const create = useWrite<TokenCreated, { name: string; scopes: TokenScope[]; days: number }>('POST', 'tokens', [
    'tokens',
  ])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({ name, scopes: chosen, days }, { onError: notify.failed })
  }
  return (
    <Panel title={t('tokens.new')}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t('tokens.name')}
          required
          maxLength={100}
          value={name}
          onChange={e => setName(e.currentTarget.value)}
        />
        <fieldset className="stack tight">
          <legend className="small strong">{t('tokens.scopes')}</legend>
          {scopes.map(scope => (
            <Checkbox
              key={scope}
              label={`${scope} — ${t(`scope_why.${scope}`)}`}
              checked={chosen.includes(scope)}
              onChange={() =>
                setChosen(list => (list.includes(scope) ? list.filter(other => other !== scope) : [...list, scope]))
              }
            />
          ))}
        </fieldset>
        <NumberInput
          label={t('tokens.days')}
          hideControls
          min={1}
          max={730}
          value={days}
          onChange={value => setDays(Number(value) || 1)}
        />
        <div>
          <Button type="submit" variant="filled" disabled={chosen.length === 0} loading={create.isPending}>
            {t('tokens.create')}
          </Button>
        </div>
        {create.data && (
          <div role="status" className="stack tight">
            <b>{t('tokens.once')}</b>
            <Code text={create.data.secret} label={t('tokens.once')} />
          </div>
        )}
      </form>
    </Panel>
  )
}

function columnsOf({ t }: Text): Column<Token>[] {
  return [
    {
      id: 'name',
      header: t('tokens.name'),
      cell: row => (
        <>
          <Clip className="strong" text={row.name} />
          <Clip className="small dim" text={row.createdBy} />
        </>
      ),
    },
    {
      id: 'scopes',
      header: t('tokens.scopes'),
      width: 170,
      from: 'sm',
      cell: row => (
        <span className="row" style={{ gap: 4 }}>
          {row.scopes.map(scope => (
            <Tag key={scope}>{scope}</Tag>
          ))}
        </span>
      ),
    },
    { id: 'expires', header: t('decide.expires'), width: 110, cell: row => <Ago at={row.expires} /> },
    { id: 'used', header: t('tokens.used'), width: 110, from: 'md', cell: row => <Ago at={row.lastUsed} /> },
    { id: 'revoke', header: '', width: 96, end: true, cell: row => <Revoke token={row} /> },
  ]
}

function Revoke({ token }: { token: Token }) {
  const { t } = useText()
  const notify = useNotify()
  const remove = useWrite('DELETE', `tokens/${encodeURIComponent(token.id)}`, ['tokens'])
  return (
    <Button
      size="compact-xs"
      aria-label={`${t('decisions.revoke')} ${visible(token.name)}`}
      onClick={() => remove.mutate(undefined, { onError: notify.failed })}
    >
      {t('decisions.revoke')}
    </Button>
  )
}

import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Decision, DecisionChange, DecisionDetail, DecisionInput } from '../../../server/schemas/decisions.ts'
import { useOne, useWrite } from '../../ui/api/query.ts'
import {
  CommentField,
  JustificationField,
  justifications,
  OwnerField,
  StatusField,
} from '../../ui/domain/decision-fields.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { absolute } from '../../ui/format/time.ts'
import { Ready } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { dayIn, endOfDay } from './day.ts'

const scopeKeys = ['vulnerability', 'package', 'image', 'workload', 'rule'] as const

/** Changes a decision, and shows what was changed before. */
export function EditModal({ decision, may, close }: { decision: Decision; may: boolean; close: () => void }) {
  const { t } = useText()
  const detail = useOne<DecisionDetail>(`decisions/${encodeURIComponent(decision.id)}`)
  const editable = may && decision.state !== 'revoked'
  return (
    <Modal opened onClose={close} title={t('edit.title')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <div className="stack">
        <EditForm decision={decision} editable={editable} close={close} />
        <section className="panel" aria-label={t('edit.history')}>
          <div className="panel-head">
            <h2>{t('edit.history')}</h2>
          </div>
          <Ready of={detail}>
            {({ history, createdAt, createdBy }) => <History history={history} made={{ createdAt, createdBy }} />}
          </Ready>
        </section>
      </div>
    </Modal>
  )
}

function EditForm({ decision, editable, close }: { decision: Decision; editable: boolean; close: () => void }) {
  const { t } = useText()
  const notify = useNotify()
  const [status, setStatus] = useState(decision.status)
  const [justification, setJustification] = useState(decision.justification ?? justifications[0]!)
  const [owner, setOwner] = useState(decision.owner)
  const [comment, setComment] = useState(decision.comment)
  const first = dayIn(decision.expires)
  const [day, setDay] = useState(first)
  const [scope, setScope] = useState(decision.scope)
  const change = useWrite<Decision, DecisionInput>('PUT', `decisions/${encodeURIComponent(decision.id)}`, [
    'decisions',
    'vulnerabilities',
    'findings',
    'incidents',
    'today',
  ])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The day as it was keeps its hour.
    const expires = day === first ? decision.expires : endOfDay(day)
    const body: DecisionInput = {
      scope: Object.fromEntries(scopeKeys.flatMap(key => (scope[key] ? [[key, scope[key]]] : []))),
      status,
      owner,
      comment,
      ...(status === 'not_affected' ? { justification } : {}),
      ...(expires === undefined ? {} : { expires }),
    }
    change.mutate(body, {
      onSuccess: () => {
        notify.done(t('edit.done'))
        close()
      },
      onError: notify.failed,
    })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <fieldset className="facet stack" disabled={!editable}>
        <div className="grid half">
          <StatusField value={status} set={setStatus} />
          <TextInput
            label={t('edit.expires')}
            type="date"
            required={status === 'accepted'}
            value={day}
            onChange={event => setDay(event.currentTarget.value)}
          />
          {scopeKeys.map(key => (
            <TextInput
              key={key}
              label={t(`scope_field.${key}`)}
              maxLength={300}
              value={scope[key] ?? ''}
              onChange={event => setScope({ ...scope, [key]: event.currentTarget.value })}
            />
          ))}
          <OwnerField value={owner} set={setOwner} />
        </div>
        {status === 'not_affected' && <JustificationField value={justification} set={setJustification} />}
        <CommentField value={comment} set={setComment} />
      </fieldset>
      <div className="row">
        <Button className="end" onClick={close}>
          {t('do.close')}
        </Button>
        <Button type="submit" variant="filled" disabled={!editable} loading={change.isPending}>
          {t('edit.do')}
        </Button>
      </div>
    </form>
  )
}

function History({ history, made }: { history: DecisionChange[]; made: Pick<Decision, 'createdAt' | 'createdBy'> }) {
  const text = useText()
  const { t } = text
  return (
    <ul className="list small">
      {history.map(({ time, actor, what, fields }) => (
        <li key={`${time} ${actor} ${what}`}>
          <span className="row">
            <b>{t(`edit.${what}`)}</b> {visible(actor, { limit: 100 })}
            <span className="end dim">
              <Ago at={time} />
            </span>
          </span>
          {what === 'changed' &&
            fields.map(({ field, from, to }) => (
              <div key={field}>
                <span className="dim">{nameOf(text, field)}</span> <s>{shownAs(text, field, from)}</s> →{' '}
                {shownAs(text, field, to)}
              </div>
            ))}
        </li>
      ))}
      <li className="row">
        <b>{t('edit.created')}</b> {visible(made.createdBy, { limit: 100 })}
        <span className="end dim">
          <Ago at={made.createdAt} />
        </span>
      </li>
    </ul>
  )
}

function nameOf({ t, word }: Text, field: string): string {
  if (field === 'state') return t('vulns.state')
  return (scopeKeys as readonly string[]).includes(field) ? word(`scope_field.${field}`) : word(`decide.${field}`)
}

function shownAs({ t, word, lang }: Text, field: string, value: string): string {
  if (value === '') return field === 'expires' ? t('decide.never') : '—'
  if (field === 'expires') return absolute(value, lang)
  if (field === 'status') return word(`decision.${value}`)
  if (field === 'state') return word(`decision_state.${value}`)
  if (field === 'justification') return word(`justification.${value}`)
  return visible(value, { limit: 300 })
}

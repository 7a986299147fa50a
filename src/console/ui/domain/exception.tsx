import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Backtest, RuleExceptionInput } from '../../../server/schemas/rules.ts'
import { type ApiError, write } from '../api/client.ts'
import { useWrite } from '../api/query.ts'
import { count } from '../format/number.ts'
import { visible } from '../format/safe.ts'
import { At } from '../parts/time.tsx'
import { useText } from '../text/text.tsx'
import { useNotify } from './notify.tsx'
import { suggestFields } from './suggest-fields.ts'

type Field = RuleExceptionInput['fields'][number]
const operators: Field['operator'][] = ['=', '!=', 'in', 'startswith', 'endswith', 'contains', 'glob', 'pmatch']

interface Props {
  rule: string
  /** The rule's name for people. */
  title: string
  /** Fields of an alert that fired, to begin with. */
  values?: Record<string, unknown>
  close: () => void
}

/** An exception of a rule, with what it would have hidden of the alerts that are stored. */
export function ExceptionModal({ rule, title, values = {}, close }: Props) {
  const { t, lang } = useText()
  const notify = useNotify()
  const [fields, setFields] = useState(() => suggestFields(values))
  const [name, setName] = useState('')
  const [comment, setComment] = useState('')
  const input: RuleExceptionInput = { rule, name: name || 'exception', fields, comment }
  const test = useMutation<Backtest, ApiError, RuleExceptionInput>({
    mutationFn: body => write<Backtest>('POST', 'rules/backtest', body),
    onError: notify.failed,
  })
  const create = useWrite<unknown, RuleExceptionInput>('POST', 'rules/exceptions', ['rules'])
  const change = (index: number, patch: Partial<Field>) => {
    test.reset()
    setFields(list => list.map((field, at) => (at === index ? { ...field, ...patch } : field)))
  }
  const save = () =>
    create.mutate(input, {
      onSuccess: () => {
        notify.done(t('exception.done'))
        close()
      },
      onError: notify.failed,
    })
  return (
    <Modal
      opened
      onClose={close}
      title={t('exception.title', { rule: visible(title) })}
      closeButtonProps={{ 'aria-label': t('do.close') }}
    >
      <div className="stack">
        <span>{t('exception.what')}</span>
        {fields.map((field, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
          <div key={index} className="row nowrap" style={{ alignItems: 'flex-end' }}>
            <TextInput
              label={t('exception.field')}
              value={field.field}
              onChange={e => change(index, { field: e.currentTarget.value })}
              w="34%"
            />
            <NativeSelect
              label={t('exception.operator')}
              value={field.operator}
              data={operators}
              onChange={e => change(index, { operator: e.currentTarget.value as Field['operator'] })}
              w={104}
            />
            <TextInput
              label={t('exception.value')}
              value={field.value.join(', ')}
              onChange={e => change(index, { value: valuesOf(e.currentTarget.value, field.operator) })}
              style={{ flex: 1 }}
            />
            <Button
              aria-label={t('exception.drop')}
              disabled={fields.length === 1}
              onClick={() => {
                test.reset()
                setFields(list => list.filter((_, at) => at !== index))
              }}
            >
              −
            </Button>
          </div>
        ))}
        <div>
          <Button
            disabled={fields.length >= 10}
            onClick={() => setFields(list => [...list, { field: '', operator: '=', value: [''] }])}
          >
            {t('exception.add')}
          </Button>
        </div>
        <TextInput
          label={t('exception.name')}
          maxLength={100}
          value={name}
          onChange={e => setName(e.currentTarget.value)}
        />
        <Textarea
          label={t('decide.comment')}
          maxLength={2000}
          value={comment}
          onChange={e => setComment(e.currentTarget.value)}
        />
        {test.data && <Hidden result={test.data} />}
        <div className="row">
          <Button loading={test.isPending} onClick={() => test.mutate(input)}>
            {t('exception.test')}
          </Button>
          <Button className="end" onClick={close}>
            {t('do.cancel')}
          </Button>
          <Button variant="filled" loading={create.isPending} disabled={test.data === undefined} onClick={save}>
            {test.data ? t('exception.save', { n: count(test.data.hidden, lang) }) : t('exception.test_first')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function Hidden({ result }: { result: Backtest }) {
  const { t, lang } = useText()
  return (
    <div className="panel">
      <div className="panel-head">
        <h2>
          {t('exception.hidden', {
            hidden: count(result.hidden, lang),
            alerts: count(result.alerts, lang),
            incidents: count(result.incidents, lang),
          })}
        </h2>
        <span className="note small">
          {t('exception.since')} <At at={result.since} />
        </span>
      </div>
      <ul className="list small">
        {result.samples.slice(0, 6).map(({ id, output }) => (
          <li key={id} className="mono">
            {visible(output, { limit: 400 })}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** One value, or several with commas where the operator takes a list. */
function valuesOf(text: string, operator: Field['operator']): string[] {
  return operator === 'in' || operator === 'pmatch' ? text.split(',').map(part => part.trimStart()) : [text]
}

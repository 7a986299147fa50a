import { Button, Modal, NativeSelect, NumberInput, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { priorities } from '../../../base/model/priority.ts'
import type { Output, OutputField, OutputKind } from '../../../server/schemas/outputs.ts'
import { useOne, useWrite } from '../../ui/api/query.ts'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Ready } from '../../ui/parts/states.tsx'
import { useText } from '../../ui/text/text.tsx'

type Config = Record<string, unknown>
interface KindForm {
  kind: OutputKind
  fields: OutputField[]
}
interface Input {
  kind: OutputKind
  name: string
  enabled: boolean
  minimum: Output['minimum']
  config: Config
}

/** An output's settings as the server describes its kind. A secret that is left empty stays as it is. */
export function OutputForm({ output, close }: { output: Output | undefined; close: () => void }) {
  const { t } = useText()
  const kinds = useOne<KindForm[] | { items: KindForm[] }>('outputs/kinds')
  return (
    <Modal
      opened
      onClose={close}
      title={t(output ? 'outputs.edit' : 'outputs.add')}
      closeButtonProps={{ 'aria-label': t('do.close') }}
    >
      <Ready of={kinds}>
        {data => <Form kinds={Array.isArray(data) ? data : data.items} output={output} close={close} />}
      </Ready>
    </Modal>
  )
}

function Form({ kinds, output, close }: { kinds: KindForm[]; output: Output | undefined; close: () => void }) {
  const { t, word } = useText()
  const notify = useNotify()
  const [kind, setKind] = useState<OutputKind>(output?.kind ?? kinds[0]?.kind ?? 'webhook')
  const [name, setName] = useState(output?.name ?? '')
  const [minimum, setMinimum] = useState<Output['minimum']>(output?.minimum ?? 'Warning')
  const [enabled, setEnabled] = useState(output?.enabled ?? true)
  const [config, setConfig] = useState<Config>(output?.config ?? {})
  const fields = kinds.find(one => one.kind === kind)?.fields ?? []
  const save = useWrite<unknown, Input>(
    output ? 'PUT' : 'POST',
    output ? `outputs/${encodeURIComponent(output.id)}` : 'outputs',
    ['outputs'],
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const secrets = new Set(fields.filter(({ type }) => type === 'secret').map(({ key }) => key))
    const chosen = Object.fromEntries(fields.map(field => [field.key, firstChoice(field)]))
    const kept = Object.entries({ ...chosen, ...config }).filter(
      ([key, value]) => value !== '' && !(secrets.has(key) && value === true),
    )
    save.mutate(
      { kind, name, enabled, minimum, config: Object.fromEntries(kept) },
      { onSuccess: close, onError: notify.failed },
    )
  }
  return (
    <form className="stack" onSubmit={submit}>
      <NativeSelect
        label={t('outputs.kind')}
        value={kind}
        disabled={output !== undefined}
        data={kinds.map(one => ({ value: one.kind, label: word(`output_kind.${one.kind}`) }))}
        onChange={e => setKind(e.currentTarget.value as OutputKind)}
      />
      <TextInput
        label={t('tokens.name')}
        required
        maxLength={100}
        value={name}
        onChange={e => setName(e.currentTarget.value)}
      />
      {fields.map(field => (
        <Field
          key={field.key}
          field={field}
          value={config[field.key]}
          set={value => setConfig(before => ({ ...before, [field.key]: value }))}
        />
      ))}
      <NativeSelect
        label={t('outputs.minimum')}
        value={minimum}
        data={priorities.map(value => ({ value, label: word(`priority.${value}`) }))}
        onChange={event => setMinimum(event.currentTarget.value as Output['minimum'])}
      />
      <Switch label={t('rules.on')} checked={enabled} onChange={event => setEnabled(event.currentTarget.checked)} />
      <div className="row">
        <Button className="end" onClick={close}>
          {t('do.cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          {t('do.save')}
        </Button>
      </div>
    </form>
  )
}

/** What a choice that must be made begins with; empty for any other field. */
function firstChoice({ type, required, choices = [] }: OutputField): string {
  return type === 'choice' && required ? (choices[0] ?? '') : ''
}

function Field({ field, value, set }: { field: OutputField; value: unknown; set: (value: unknown) => void }) {
  const { t, word } = useText()
  const label = visible(word(`field.${field.key}`), { limit: 60 })
  const common = {
    label,
    required: field.required,
    ...(field.example ? { placeholder: visible(field.example, { limit: 200 }) } : {}),
  }
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  if (field.type === 'boolean')
    return <Switch label={label} checked={value === true} onChange={e => set(e.currentTarget.checked)} />
  if (field.type === 'number')
    return (
      <NumberInput
        {...common}
        hideControls
        value={typeof value === 'number' ? value : ''}
        onChange={next => set(next)}
      />
    )
  if (field.type === 'choice')
    return (
      <NativeSelect
        {...common}
        value={text || firstChoice(field)}
        data={[...(field.required ? [] : ['']), ...(field.choices ?? [])].map(value => ({
          value,
          label: value === '' ? '—' : word(`choice.${value}`),
        }))}
        onChange={e => set(e.currentTarget.value)}
      />
    )
  if (field.type === 'template') return <Textarea {...common} value={text} onChange={e => set(e.currentTarget.value)} />
  if (field.type === 'secret')
    return (
      <PasswordInput
        {...common}
        required={field.required && value !== true}
        size="xs"
        autoComplete="off"
        {...(value === true ? { placeholder: t('outputs.secret_set') } : {})}
        value={text}
        onChange={e => set(e.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('sign.show') }}
      />
    )
  return <TextInput {...common} value={text} onChange={e => set(e.currentTarget.value)} />
}

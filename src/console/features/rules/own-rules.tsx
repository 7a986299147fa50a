import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useOne, useWrite } from '../../ui/api/query.ts'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Ready } from '../../ui/parts/states.tsx'
import { useText } from '../../ui/text/text.tsx'

interface RuleFile {
  name: string
  text: string
}

const beginning = `- rule: My rule
  desc: What it looks for
  condition: spawned_process and container and proc.name = "nc"
  output: "Netcat in a container (command=%proc.cmdline container=%container.name)"
  priority: WARNING
`

/** Rule files of one's own, in Falco's format; one that does not load is refused with the line at fault. */
export function OwnRules({ close }: { close: () => void }) {
  const { t } = useText()
  const files = useOne<RuleFile[]>('rules/files')
  const [open, setOpen] = useState<RuleFile>()
  return (
    <Modal opened onClose={close} size="xl" title={t('own.title')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      {open ? (
        <Editor key={open.name} file={open} back={() => setOpen(undefined)} />
      ) : (
        <div className="stack">
          <Ready of={files}>
            {list => (
              <ul className="list">
                {list.map(file => (
                  <OneFile key={file.name} file={file} edit={() => setOpen(file)} />
                ))}
                {list.length === 0 && <li className="note">{t('own.none')}</li>}
              </ul>
            )}
          </Ready>
          <div>
            <Button variant="filled" onClick={() => setOpen({ name: '', text: beginning })}>
              {t('own.new')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  )
}

function OneFile({ file, edit }: { file: RuleFile; edit: () => void }) {
  const { t } = useText()
  const notify = useNotify()
  const remove = useWrite('DELETE', `rules/files/${encodeURIComponent(file.name)}`, ['rules'])
  return (
    <li className="row">
      <span className="strong">{visible(file.name, { limit: 200 })}</span>
      <span className="end row">
        <Button onClick={edit}>{t('outputs.edit')}</Button>
        <Button loading={remove.isPending} onClick={() => remove.mutate(undefined, { onError: notify.failed })}>
          {t('do.remove')}
        </Button>
      </span>
    </li>
  )
}

function Editor({ file, back }: { file: RuleFile; back: () => void }) {
  const { t } = useText()
  const [name, setName] = useState(file.name)
  const [text, setText] = useState(file.text)
  const save = useWrite<unknown, RuleFile>('PUT', 'rules/files', ['rules'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ name, text }, { onSuccess: back })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label={t('own.name')}
        required
        maxLength={100}
        disabled={file.name !== ''}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('own.text')}
        required
        minRows={12}
        maxRows={24}
        styles={{ input: { fontFamily: 'var(--mono)' } }}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      {save.error && (
        <p role="alert" className="bad-text mono">
          {visible(save.error.message, { lines: true, limit: 2000 })}
        </p>
      )}
      <div className="row">
        <Button className="end" onClick={back}>
          {t('do.cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          {t('do.save')}
        </Button>
      </div>
    </form>
  )
}

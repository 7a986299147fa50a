import { Button, Modal, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useWrite } from '../../ui/api/query.ts'
import { useMe } from '../../ui/api/session.tsx'
import { OwnerField } from '../../ui/domain/decision-fields.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { useText } from '../../ui/text/text.tsx'

interface Imported {
  created: number
  skipped: { what: string; why: string }[]
}

/** Decisions out of a `.trivyignore` or an OpenVEX document; what was not taken is told line by line. */
export function ImportModal({ close }: { close: () => void }) {
  const { t } = useText()
  const me = useMe()
  const notify = useNotify()
  const [format, setFormat] = useState('trivyignore')
  const [text, setText] = useState('')
  const [owner, setOwner] = useState(me.user.name)
  const send = useWrite<Imported, { format: string; text: string; owner: string }>('POST', 'decisions/import', [
    'decisions',
    'vulnerabilities',
    'findings',
  ])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate({ format, text, owner }, { onError: notify.failed })
  }
  return (
    <Modal opened onClose={close} title={t('decisions.import')} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <form className="stack" onSubmit={submit}>
        <NativeSelect
          label={t('import.format')}
          value={format}
          data={[
            { value: 'trivyignore', label: '.trivyignore' },
            { value: 'openvex', label: 'OpenVEX' },
          ]}
          onChange={event => setFormat(event.currentTarget.value)}
        />
        <OwnerField value={owner} set={setOwner} />
        <Textarea
          label={t('import.text')}
          required
          maxLength={5_000_000}
          maxRows={14}
          minRows={6}
          value={text}
          onChange={e => setText(e.currentTarget.value)}
        />
        {send.data && (
          <div className="panel panel-body" role="status">
            <b>{t('import.done', { n: send.data.created, skipped: send.data.skipped.length })}</b>
            <ul className="small">
              {send.data.skipped.slice(0, 50).map(({ what, why }) => (
                <li key={`${what} ${why}`}>{visible(`${what}: ${why}`, { limit: 300 })}</li>
              ))}
            </ul>
          </div>
        )}
        <div className="row">
          <Button className="end" onClick={close}>
            {t('do.close')}
          </Button>
          <Button type="submit" variant="filled" loading={send.isPending}>
            {t('decisions.import')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { DecisionInput, DecisionPreview, Scope } from '../../../server/schemas/decisions.ts'
import { write } from '../api/client.ts'
import { useWrite } from '../api/query.ts'
import { useMe } from '../api/session.tsx'
import { count, shortDigest } from '../format/number.ts'
import { visible } from '../format/safe.ts'
import { useText } from '../text/text.tsx'
import { CommentField, JustificationField, justifications, OwnerField, StatusField } from './decision-fields.tsx'
import { useNotify } from './notify.tsx'

/** One decision for each of `scopes` with the same answer; shows beforehand what they cover. */
export function DecideModal({ scopes, close }: { scopes: Scope[]; close: () => void }) {
  const { t } = useText()
  const title = scopes.length === 1 ? t('decide.title_one') : t('decide.title_many', { n: scopes.length })
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <DecideForm scopes={scopes} close={close} />
    </Modal>
  )
}

function DecideForm({ scopes, close }: { scopes: Scope[]; close: () => void }) {
  const { t } = useText()
  const me = useMe()
  const notify = useNotify()
  const [status, setStatus] = useState<DecisionInput['status']>('fixing')
  const [justification, setJustification] = useState(justifications[0]!)
  const [owner, setOwner] = useState(me.user.name)
  const [days, setDays] = useState('90')
  const [comment, setComment] = useState('')
  const [image, setImage] = useState(scopes[0]?.image ?? '')
  const [workload, setWorkload] = useState(scopes[0]?.workload ?? '')
  const narrowed = scopes.map(scope => ({ ...scope, image: image || undefined, workload: workload || undefined }))
  const create = useWrite<unknown, { items: DecisionInput[] }>('POST', 'decisions/bulk', [
    'decisions',
    'vulnerabilities',
    'findings',
    'today',
  ])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const expires = days === '' ? undefined : new Date(Date.now() + Number(days) * 86_400_000).toISOString()
    try {
      const items = narrowed.map(scope => ({
        scope,
        status,
        owner,
        comment,
        ...(status === 'not_affected' ? { justification } : {}),
        ...(expires === undefined ? {} : { expires }),
      }))
      // All or none of a batch; the server takes 500 at once.
      for (let from = 0; from < items.length; from += 500)
        await create.mutateAsync({ items: items.slice(from, from + 500) })
      notify.done(t('decide.done', { n: narrowed.length }))
      close()
    } catch (error) {
      notify.failed(error as Error)
    }
  }
  return (
    <form className="stack" onSubmit={event => void submit(event)}>
      <div className="grid half">
        <StatusField value={status} set={setStatus} focus />
        <NativeSelect
          label={t('decide.expires')}
          value={days}
          data={['7', '30', '90', '180', '365', ...(status === 'accepted' ? [] : [''])].map(value => ({
            value,
            label: value === '' ? t('decide.never') : t('decide.days', { n: value }),
          }))}
          onChange={event => setDays(event.currentTarget.value)}
        />
        <TextInput
          label={t('decide.image')}
          value={image}
          placeholder="registry/app:*"
          onChange={e => setImage(e.currentTarget.value)}
        />
        <TextInput
          label={t('decide.workload')}
          value={workload}
          placeholder="shop/*"
          onChange={e => setWorkload(e.currentTarget.value)}
        />
      </div>
      {status === 'not_affected' && <JustificationField value={justification} set={setJustification} />}
      <OwnerField value={owner} set={setOwner} />
      <CommentField value={comment} set={setComment} />
      <Preview scopes={narrowed} />
      <div className="row">
        <span className="note small">{t(`decide.hint_${status}`)}</span>
        <Button className="end" onClick={close}>
          {t('do.cancel')}
        </Button>
        <Button type="submit" variant="filled" loading={create.isPending}>
          {t('decide.do')}
        </Button>
      </div>
    </form>
  )
}

function Preview({ scopes }: { scopes: Scope[] }) {
  const { t, lang } = useText()
  const answers = useQueries({
    queries: scopes.slice(0, 50).map(scope => ({
      queryKey: ['decisions', 'preview', scope],
      queryFn: () => write<DecisionPreview>('POST', 'decisions/preview', { scope }),
    })),
  })
  if (answers.some(({ isPending }) => isPending)) return <p className="note">{t('decide.counting')}</p>
  const previews = answers.flatMap(({ data }) => data ?? [])
  const matches = previews.reduce((sum, preview) => sum + preview.matches, 0)
  const images = Math.max(0, ...previews.map(preview => preview.images))
  return (
    <div className="panel">
      <div className="panel-head">
        <h2>{t('decide.preview', { matches: count(matches, lang), images: count(images, lang) })}</h2>
      </div>
      <ul className="list small">
        {previews
          .flatMap(({ samples }) => samples)
          .slice(0, 5)
          .map(sample => (
            <li key={`${sample.name} ${sample.package} ${sample.image}`} className="mono">
              {visible(
                [
                  sample.name,
                  sample.package,
                  sample.image.startsWith('sha256:') ? shortDigest(sample.image) : sample.image,
                ]
                  .filter(Boolean)
                  .join(' · '),
                { limit: 300 },
              )}
            </li>
          ))}
      </ul>
    </div>
  )
}

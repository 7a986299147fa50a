import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { IncidentDetail, IncidentPatch } from '../../../server/schemas/incidents.ts'
import { useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { absolute, clock } from '../../ui/format/time.ts'
import { useNow } from '../../ui/text/now.tsx'
import { useText } from '../../ui/text/text.tsx'

/** Everything that happened in order, the newest first; at most 200 lines, then more on request. */
export function Timeline({ entries }: { entries: IncidentDetail['timeline'] }) {
  const { t, lang } = useText()
  const now = useNow()
  const [limit, setLimit] = useState(200)
  const sorted = entries.toSorted((a, b) => b.time.localeCompare(a.time))
  return (
    <>
      <ol className="timeline">
        {sorted.slice(0, limit).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be the same in all they say
          <li key={`${entry.time} ${index}`} className={`at-${entry.kind}`}>
            <div className="row" style={{ gap: 8 }}>
              <time className="mono dim" dateTime={entry.time} title={absolute(entry.time, lang)}>
                {clock(entry.time, now, lang)}
              </time>
              <span className="small dim">{t(`timeline.${entry.kind}`)}</span>
              {entry.actor && <span className="small strong">{visible(entry.actor, { limit: 100 })}</span>}
            </div>
            <div className={entry.kind === 'comment' ? '' : 'strong'} style={{ whiteSpace: 'pre-line' }}>
              {visible(entry.title, { lines: true, limit: 5000 })}
            </div>
            {entry.detail && <div className="mono">{visible(entry.detail, { lines: true, limit: 3000 })}</div>}
          </li>
        ))}
      </ol>
      {sorted.length > limit && (
        <div>
          <Button onClick={() => setLimit(limit + 500)}>{t('table.more', { n: sorted.length - limit })}</Button>
        </div>
      )}
    </>
  )
}

export function Comment({ id }: { id: string }) {
  const { t } = useText()
  const may = useMay('analyst')
  const notify = useNotify()
  const [text, setText] = useState('')
  const send = useWrite<unknown, IncidentPatch>('PATCH', `incidents/${encodeURIComponent(id)}`, ['incidents'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') send.mutate({ comment: text }, { onSuccess: () => setText(''), onError: notify.failed })
  }
  return (
    <form className="stack tight" onSubmit={submit}>
      <Textarea
        label={t('incident.comment')}
        disabled={!may}
        maxLength={5000}
        value={text}
        onChange={e => setText(e.currentTarget.value)}
      />
      <div>
        <Button type="submit" disabled={!may || text.trim() === ''} loading={send.isPending}>
          {t('incident.comment_do')}
        </Button>
      </div>
    </form>
  )
}

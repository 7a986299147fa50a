import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { IncidentDetail, IncidentPatch } from '../../../server/schemas/incidents.ts'
import { useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { alertWords } from '../../ui/format/alert.ts'
import { visible } from '../../ui/format/safe.ts'
import { absolute, clock } from '../../ui/format/time.ts'
import { useNow } from '../../ui/text/now.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

/** Everything that happened in order, the newest first; at most 200 lines, then more on request. */
export function Timeline({ incident }: { incident: IncidentDetail }) {
  const text = useText()
  const { t, lang } = text
  const now = useNow()
  const [limit, setLimit] = useState(200)
  const sorted = incident.timeline.toSorted((a, b) => b.time.localeCompare(a.time))
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
              {visible(titleOf(text, incident, entry), { lines: true, limit: 5000 })}
            </div>
            {entry.detail && (
              <div className={entry.kind === 'comment' ? '' : 'mono'} style={{ whiteSpace: 'pre-line' }}>
                {visible(detailOf(text, entry), { lines: true, limit: 3000 })}
              </div>
            )}
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

type Entry = IncidentDetail['timeline'][number]

/** The line in the reader's language: the server names rules, steps and states by their codes. */
function titleOf({ t, word, both }: Text, incident: IncidentDetail, { kind, title }: Entry): string {
  if (kind === 'alert') return title === incident.rule ? both(incident.title) : title
  if (kind === 'container') return word(`event.${title}`)
  if (kind === 'comment' && title === 'comment') return ''
  const [before = '', after = ''] = title.split(': ', 2)
  if (kind === 'action') return after === '' ? title : `${word(`step.${before}`)}: ${word(`action.${after}`)}`
  if (kind !== 'state') return title
  if (before !== 'assignee') return t('timeline.stated', { state: word(`incident_state.${title}`) })
  return after === '-' ? t('timeline.unassigned') : t('timeline.assigned', { name: after })
}

/** An alert's own words; its time, priority and rule stand above it already. */
function detailOf({ word }: Text, { kind, detail = '' }: Entry): string {
  if (kind === 'evidence') return detail.replace(/^[a-z]+(?= · |$)/, state => word(`evidence.${state}`))
  return kind === 'alert' ? alertWords(detail) : detail
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

import { Button, Checkbox, Modal, NativeSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Output } from '../../../server/schemas/outputs.ts'
import type { Schedule, ScheduleInput } from '../../../server/schemas/reports.ts'
import { addressOf } from '../../ui/api/client.ts'
import { useOne, usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Panel } from '../../ui/parts/page.tsx'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { FormAndLanguage } from './form-and-language.tsx'

/** Reports that are made and sent by themselves. */
export function Schedules() {
  const { t } = useText()
  const schedules = useOne<{ items: Schedule[] } | Schedule[]>('reports/schedules')
  return (
    <Panel title={t('schedule.title')} flush>
      <Ready of={schedules}>
        {data => {
          const rows = Array.isArray(data) ? data : data.items
          return (
            <>
              {rows.length === 0 && <p className="note panel-body">{t('schedule.none')}</p>}
              <ul className="list">
                {rows.map(schedule => (
                  <OneSchedule key={schedule.id} schedule={schedule} />
                ))}
              </ul>
            </>
          )
        }}
      </Ready>
      <div className="panel-body">
        <NewSchedule />
      </div>
    </Panel>
  )
}

function OneSchedule({ schedule }: { schedule: Schedule }) {
  const { t, word } = useText()
  const may = useMay('admin')
  const notify = useNotify()
  const [editing, setEditing] = useState(false)
  const path = `reports/schedules/${encodeURIComponent(schedule.id)}`
  const remove = useWrite('DELETE', path, ['reports'])
  const change = useWrite<unknown, Partial<ScheduleInput>>('PATCH', path, ['reports'])
  const { every, format, lang, enabled, next, last } = schedule
  const name = `${t(`every.${every}`)} · ${format.toUpperCase()} · ${lang}`
  return (
    <li className="stack tight">
      <div className="row">
        <Tag tone={enabled ? 'good' : ''}>{t(enabled ? 'rules.on' : 'rules.off')}</Tag>
        <span>{name}</span>
        <span className="end row" style={{ gap: 4 }}>
          <Button
            size="compact-xs"
            disabled={!may}
            loading={change.isPending}
            onClick={() => change.mutate({ enabled: !enabled }, { onError: notify.failed })}
          >
            {t(enabled ? 'schedule.off' : 'schedule.on')}
          </Button>
          <Button size="compact-xs" disabled={!may} onClick={() => setEditing(true)}>
            {t('schedule.edit')}
          </Button>
          <Button
            size="compact-xs"
            disabled={!may}
            onClick={() => remove.mutate(undefined, { onError: notify.failed })}
          >
            {t('do.remove')}
          </Button>
        </span>
      </div>
      <div className="dim small">
        {t('schedule.next')} {next === undefined ? '—' : <Ago at={next} />}
        {' · '}
        {t('schedule.last')} {last === undefined ? t('schedule.never') : <Ago at={last.at} />}
      </div>
      {last && (
        <div className="row small">
          <Tag tone={tones[last.state]}>
            {word(last.state === 'gone' ? 'schedule.gone' : `job_state.${last.state}`)}
          </Tag>
          {last.state === 'done' && (
            <a href={addressOf(`reports/${encodeURIComponent(last.reportId)}/file`)} download>
              {t('reports.get')}
            </a>
          )}
          {last.error && <span>{visible(last.error, { limit: 300 })}</span>}
          {schedule.outputs.length > 0 && last.state === 'done' && (
            <span className={last.failed > 0 ? 'strong' : 'dim'}>
              {t('schedule.sent', { sent: last.sent, waiting: last.waiting, failed: last.failed })}
            </span>
          )}
        </div>
      )}
      {editing && (
        <Modal
          opened
          onClose={() => setEditing(false)}
          title={t('schedule.edit')}
          closeButtonProps={{ 'aria-label': t('do.close') }}
        >
          <ScheduleForm
            first={schedule}
            label={t('schedule.rhythm')}
            action={t('edit.do')}
            busy={change.isPending}
            send={body =>
              change.mutate(body, {
                onSuccess: () => {
                  notify.done(t('edit.done'))
                  setEditing(false)
                },
                onError: notify.failed,
              })
            }
          />
        </Modal>
      )}
    </li>
  )
}

type Last = NonNullable<Schedule['last']>
const tones: Record<Last['state'], Tone> = { queued: '', running: 'accent', done: 'good', failed: 'critical', gone: '' }

function NewSchedule() {
  const { t, lang } = useText()
  const notify = useNotify()
  const create = useWrite<unknown, ScheduleInput>('POST', 'reports/schedules', ['reports'])
  return (
    <ScheduleForm
      first={{ every: 'week', format: 'pdf', lang, outputs: [] }}
      label={t('schedule.every')}
      action={t('schedule.create')}
      busy={create.isPending}
      send={body =>
        create.mutate(
          { ...body, enabled: true },
          { onSuccess: () => notify.done(t('schedule.done')), onError: notify.failed },
        )
      }
    />
  )
}

type Plan = Pick<ScheduleInput, 'every' | 'format' | 'lang' | 'outputs'>

interface FormProps {
  first: Plan
  label: string
  action: string
  busy: boolean
  send: (plan: Plan) => void
}

function ScheduleForm({ first, label, action, busy, send }: FormProps) {
  const { t } = useText()
  const may = useMay('admin')
  const outputs = usePages<Output>('outputs', {}, 100)
  const [every, setEvery] = useState(first.every)
  const [format, setFormat] = useState(first.format)
  const [language, setLanguage] = useState(first.lang)
  const [chosen, setChosen] = useState(first.outputs)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // An output that was taken out since cannot get anything.
    const there = outputs.isPending ? chosen : chosen.filter(id => outputs.rows.some(output => output.id === id))
    send({ every, format, lang: language, outputs: there })
  }
  return (
    <form className="stack tight" onSubmit={submit}>
      <NativeSelect
        label={label}
        value={every}
        data={(['day', 'week', 'month'] as const).map(value => ({ value, label: t(`every.${value}`) }))}
        onChange={event => setEvery(event.currentTarget.value as Plan['every'])}
      />
      <FormAndLanguage format={format} setFormat={setFormat} language={language} setLanguage={setLanguage} />
      {outputs.rows.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={visible(name, { limit: 100 })}
          checked={chosen.includes(id)}
          onChange={() => setChosen(list => (list.includes(id) ? list.filter(other => other !== id) : [...list, id]))}
        />
      ))}
      <div>
        <Button type="submit" disabled={!may} loading={busy}>
          {action}
        </Button>
      </div>
    </form>
  )
}

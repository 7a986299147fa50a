import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Output } from '../../../server/schemas/outputs.ts'
import type { Schedule } from '../../../server/schemas/reports.ts'
import { useOne, usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { visible } from '../../ui/format/safe.ts'
import { Panel } from '../../ui/parts/page.tsx'
import { Tag } from '../../ui/parts/severity.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'

type Input = Omit<Schedule, 'id' | 'next'>

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
  const { t } = useText()
  const may = useMay('admin')
  const notify = useNotify()
  const path = `reports/schedules/${encodeURIComponent(schedule.id)}`
  const remove = useWrite('DELETE', path, ['reports'])
  const name = `${t(`every.${schedule.every}`)} · ${schedule.format.toUpperCase()} · ${schedule.lang}`
  return (
    <li className="row">
      <Tag tone={schedule.enabled ? 'good' : ''}>{t(schedule.enabled ? 'rules.on' : 'rules.off')}</Tag>
      <span>{name}</span>
      <span className="dim small">
        {t('schedule.next')} <Ago at={schedule.next} />
      </span>
      <Button
        className="end"
        size="compact-xs"
        disabled={!may}
        onClick={() => remove.mutate(undefined, { onError: notify.failed })}
      >
        {t('do.remove')}
      </Button>
    </li>
  )
}

function NewSchedule() {
  const { t, lang } = useText()
  const may = useMay('admin')
  const notify = useNotify()
  const outputs = usePages<Output>('outputs', {}, 100)
  const [every, setEvery] = useState<Schedule['every']>('week')
  const [chosen, setChosen] = useState<string[]>([])
  const create = useWrite<unknown, Input>('POST', 'reports/schedules', ['reports'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(
      { every, format: 'pdf', lang, outputs: chosen, enabled: true },
      { onSuccess: () => notify.done(t('schedule.done')), onError: notify.failed },
    )
  }
  return (
    <form className="stack tight" onSubmit={submit}>
      <NativeSelect
        label={t('schedule.every')}
        value={every}
        data={(['day', 'week', 'month'] as const).map(value => ({ value, label: t(`every.${value}`) }))}
        onChange={event => setEvery(event.currentTarget.value as Schedule['every'])}
      />
      {outputs.rows.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={visible(name, { limit: 100 })}
          checked={chosen.includes(id)}
          onChange={() => setChosen(list => (list.includes(id) ? list.filter(other => other !== id) : [...list, id]))}
        />
      ))}
      <div>
        <Button type="submit" disabled={!may} loading={create.isPending}>
          {t('schedule.create')}
        </Button>
      </div>
    </form>
  )
}

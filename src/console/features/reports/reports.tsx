import { Button, NativeSelect } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import type { ReportInput, ReportRow } from '../../../server/schemas/reports.ts'
import { addressOf } from '../../ui/api/client.ts'
import { usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { bytes } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { absolute } from '../../ui/format/time.ts'
import { Clip } from '../../ui/parts/go.tsx'
import { Page, Panel } from '../../ui/parts/page.tsx'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { FormAndLanguage } from './form-and-language.tsx'
import { Schedules } from './schedules.tsx'

/** Can it be shown today? */
export function Reports() {
  const text = useText()
  const { t } = text
  const reports = usePages<ReportRow>('reports', {}, 100)
  const columns = useMemo(() => columnsOf(text), [text])
  const last = reports.rows.find(({ state }) => state === 'done')
  return (
    <Page
      title={t('nav.reports')}
      answer={
        last ? (
          <>
            {t('reports.answer')} <Ago at={last.createdAt} />
          </>
        ) : (
          t('reports.question')
        )
      }
    >
      <div className="grid two">
        <Panel title={t('reports.made')} flush>
          <Ready of={{ ...reports, data: reports.data && reports.rows }}>
            {rows => (
              <PlainTable
                label={t('reports.made')}
                columns={columns}
                rows={rows}
                rowKey={row => row.id}
                empty={<Empty title={t('reports.none')}>{t('reports.none_why')}</Empty>}
              />
            )}
          </Ready>
        </Panel>
        <div className="stack">
          <NewReport />
          <Schedules />
        </div>
      </div>
    </Page>
  )
}

function NewReport() {
  const { t, lang } = useText()
  const may = useMay('analyst')
  const notify = useNotify()
  const [days, setDays] = useState('30')
  const [format, setFormat] = useState<ReportInput['format']>('pdf')
  const [language, setLanguage] = useState<ReportInput['lang']>(lang)
  const create = useWrite<ReportRow, ReportInput>('POST', 'reports', ['reports', 'jobs'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const now = Date.now()
    const body = {
      from: new Date(now - Number(days) * 86_400_000).toISOString(),
      to: new Date(now).toISOString(),
      format,
      lang: language,
    }
    create.mutate(body, { onSuccess: () => notify.done(t('reports.asked')), onError: notify.failed })
  }
  return (
    <Panel title={t('reports.new')}>
      <form className="stack" onSubmit={submit}>
        <NativeSelect
          label={t('reports.period')}
          value={days}
          data={['7', '30', '90', '365'].map(value => ({ value, label: t('reports.last_days', { n: value }) }))}
          onChange={event => setDays(event.currentTarget.value)}
        />
        <FormAndLanguage format={format} setFormat={setFormat} language={language} setLanguage={setLanguage} />
        <div>
          <Button type="submit" variant="filled" disabled={!may} loading={create.isPending}>
            {t('reports.create')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

const tones: Record<ReportRow['state'], Tone> = { queued: '', running: 'accent', done: 'good', failed: 'critical' }

function columnsOf({ t, lang }: Text): Column<ReportRow>[] {
  const day = (iso: string) => absolute(iso, lang).slice(0, 10)
  return [
    { id: 'period', header: t('reports.period'), cell: row => `${day(row.from)} – ${day(row.to)}` },
    {
      id: 'format',
      header: t('reports.format'),
      width: 124,
      cell: row => <Tag>{`${row.format.toUpperCase()} · ${row.lang === 'ko' ? '한국어' : 'English'}`}</Tag>,
    },
    {
      id: 'state',
      header: t('vulns.state'),
      width: 84,
      from: 'sm',
      cell: row => (
        <Tag tone={tones[row.state]} title={visible(row.error ?? '')}>
          {t(`job_state.${row.state}`)}
        </Tag>
      ),
    },
    { id: 'made', header: t('reports.made_at'), width: 92, from: 'sm', cell: row => <Ago at={row.createdAt} /> },
    { id: 'by', header: t('decisions.by'), width: 84, from: 'lg', cell: row => <Clip text={row.createdBy} /> },
    {
      id: 'size',
      header: t('images.size'),
      width: 84,
      from: 'md',
      end: true,
      cell: row => (row.size === undefined ? '—' : bytes(row.size, lang)),
    },
    {
      id: 'get',
      header: '',
      width: 92,
      end: true,
      cell: row =>
        row.state === 'done' && (
          <a href={addressOf(`reports/${encodeURIComponent(row.id)}/file`)} download>
            {t('reports.get')}
          </a>
        ),
    },
  ]
}

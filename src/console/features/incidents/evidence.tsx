import { useState } from 'react'
import type { AlertRow, IncidentDetail } from '../../../server/schemas/incidents.ts'
import { addressOf } from '../../ui/api/client.ts'
import { usePages } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { alertWords } from '../../ui/format/alert.ts'
import { bytes, count } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { Panel } from '../../ui/parts/page.tsx'
import { Tag, type Tone } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { Contents } from './contents.tsx'

/** Files that were kept, and the alerts as they were raised. */
export function Evidence({ incident }: { incident: IncidentDetail }) {
  const { t, lang } = useText()
  const may = useMay('analyst')
  return (
    <>
      <Panel title={t('incident.evidence')} flush>
        {incident.evidence.length === 0 && (
          <Empty title={t('incident.no_evidence')}>{t('incident.no_evidence_why')}</Empty>
        )}
        <ul className="list">
          {incident.evidence.map(file => (
            <EvidenceFile key={file.id} file={file} incident={incident} may={may} />
          ))}
        </ul>
      </Panel>
      <Panel title={t('incident.alerts')} note={count(incident.count, lang)} flush>
        <Alerts incident={incident} />
      </Panel>
    </>
  )
}

type File = IncidentDetail['evidence'][number]

const tones: Record<File['state'], Tone> = { whole: 'good', receiving: 'accent', referred: '', expired: '' }

function EvidenceFile({ file, incident, may }: { file: File; incident: IncidentDetail; may: boolean }) {
  const { t, lang } = useText()
  const [open, setOpen] = useState(false)
  const { id, name, size, sha256, createdAt, state, madeBy, received } = file
  const own = `incidents/${encodeURIComponent(incident.id)}/evidence/${encodeURIComponent(id)}`
  const address = state === 'whole' ? `evidence/${encodeURIComponent(id)}/file` : own
  const here = state === 'whole' || (state === 'referred' && sha256 !== '')
  const host = visible(file.host || incident.host, { limit: 100 })
  return (
    <li className="stack tight">
      <div className="row">
        <Tag tone={tones[state]}>{t(`evidence.${state}`)}</Tag>
        <span className="mono">{visible(name, { limit: 1000 })}</span>
        {here && may && (
          <a className="end" href={addressOf(address)} download>
            {t('incident.evidence_get')}
          </a>
        )}
      </div>
      <div className="dim small">
        {t('evidence.made', { who: visible(madeBy || '—', { limit: 100 }), host })} · <At at={createdAt} />
        {size > 0 && ` · ${bytes(size, lang)}`}
        {state === 'receiving' && size > 0 && ` · ${Math.floor((100 * received) / size)} %`}
      </div>
      {sha256 !== '' && <div className="mono small dim">sha256 {visible(sha256, { limit: 80 })}</div>}
      {state === 'whole' && may && (
        <div>
          <button type="button" className="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'evidence.hide' : 'evidence.show')}
          </button>
        </div>
      )}
      {open && <Contents id={id} />}
    </li>
  )
}

function Alerts({ incident }: { incident: IncidentDetail }) {
  const alerts = usePages<AlertRow>('alerts', { incident: incident.id }, 50)
  const rows = alerts.rows.length > 0 ? alerts.rows : incident.samples
  return (
    <ul className="list">
      {rows.slice(0, 100).map(alert => (
        <OneAlert key={alert.id} alert={alert} />
      ))}
    </ul>
  )
}

function OneAlert({ alert }: { alert: AlertRow }) {
  const [open, setOpen] = useState(false)
  const fields = Object.entries(alert.output_fields).slice(0, 100)
  return (
    <li>
      <button type="button" className="plain mono" aria-expanded={open} onClick={() => setOpen(!open)}>
        {visible(alertWords(alert.output), { limit: 1000 })}
      </button>
      <div className="small dim">
        <At at={alert.time} />
      </div>
      {open && (
        <dl className="facts mono">
          {fields.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{visible(name)}</dt>
              <dd>{visible(String(value), { limit: 2000 })}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

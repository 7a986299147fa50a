import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { AlertRow } from '../../../server/schemas/incidents.ts'
import type { Rule, RuleException } from '../../../server/schemas/rules.ts'
import { useOne, usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { ExceptionModal } from '../../ui/domain/exception.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { alertWords } from '../../ui/format/alert.ts'
import { count } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useKeys } from '../../ui/keys/use-keys.ts'
import { Code } from '../../ui/parts/code.tsx'
import { Go } from '../../ui/parts/go.tsx'
import { Facts, Page, Panel } from '../../ui/parts/page.tsx'
import { PriorityTag, Tag } from '../../ui/parts/severity.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { Ago, At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { RuleSwitch } from './rules.tsx'

/** One rule: what it looks for, how often it fired, what is excepted from it. */
export function RulePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { t, both } = useText()
  const may = useMay('analyst')
  const [excepting, setExcepting] = useState(false)
  const rule = useOne<Rule>(`rules/${encodeURIComponent(id)}`)
  const alerts = usePages<AlertRow>('alerts', { rule: id }, 20)
  useKeys({ e: () => may && setExcepting(true) })
  return (
    <Page
      title={visible(rule.data ? both(rule.data.title) : id, { limit: 200 })}
      crumb={<Go to="/rules">{t('nav.rules')}</Go>}
      answer={rule.data && visible(both(rule.data.description), { limit: 1000 })}
      actions={
        <Button disabled={!may} onClick={() => setExcepting(true)}>
          {t('exception.make')}
        </Button>
      }
    >
      <Ready of={rule}>{data => <Body rule={data} alerts={alerts.rows} />}</Ready>
      {excepting && (
        <ExceptionModal
          rule={id}
          title={rule.data ? both(rule.data.title) : id}
          values={alerts.rows[0]?.output_fields ?? {}}
          close={() => setExcepting(false)}
        />
      )}
    </Page>
  )
}

function Body({ rule, alerts }: { rule: Rule; alerts: AlertRow[] }) {
  const { t, lang } = useText()
  const may = useMay('analyst')
  return (
    <div className="grid two">
      <div className="stack">
        <Panel title={t('rule.condition')}>
          <Code text={rule.condition} label={t('rule.condition')} />
        </Panel>
        <Panel title={t('rule.output')}>
          <Code text={rule.output} label={t('rule.output')} />
        </Panel>
        <Panel
          title={t('rule.alerts')}
          note={t('rule.hits', { day: count(rule.hitsDay, lang), week: count(rule.hitsWeek, lang) })}
          flush
        >
          {alerts.length === 0 && <p className="note panel-body">{t('rule.no_alerts')}</p>}
          <ul className="list">
            {alerts.map(alert => (
              <li key={alert.id}>
                <Go to={pathOf('incidents', alert.incidentId)} className="mono">
                  {visible(alertWords(alert.output), { limit: 500 })}
                </Go>
                <div className="small dim">
                  <At at={alert.time} />
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      <div className="stack">
        <Panel title={t('incident.facts')}>
          <Facts
            rows={[
              [t('rules.on'), <RuleSwitch key="on" rule={rule} may={may} />],
              [t('incidents.priority'), <PriorityTag key="priority" value={rule.priority} />],
              [t('rules.origin'), t(`origin.${rule.origin}`)],
              [t('rules.area'), visible(rule.area)],
              [t('rule.source'), visible(rule.source)],
              [
                'ATT&CK',
                rule.techniques.length > 0 && <span className="mono">{visible(rule.techniques.join(', '))}</span>,
              ],
              [t('incident.tags'), visible(rule.tags.join(', '))],
            ]}
          />
        </Panel>
        <Panel title={t('rules.exceptions')} flush>
          {rule.exceptions.length === 0 && <p className="note panel-body">{t('rule.no_exceptions')}</p>}
          <ul className="list">
            {rule.exceptions.map(exception => (
              <Exception key={exception.id} exception={exception} may={may} />
            ))}
          </ul>
        </Panel>
      </div>
    </div>
  )
}

function Exception({ exception, may }: { exception: RuleException; may: boolean }) {
  const { t } = useText()
  const notify = useNotify()
  const remove = useWrite('DELETE', `rules/exceptions/${encodeURIComponent(exception.id)}`, ['rules'])
  return (
    <li className="stack tight">
      <div className="row">
        <span className="strong">{visible(exception.name)}</span>
        <span className="small dim">
          {visible(exception.createdBy)} · <Ago at={exception.createdAt} />
        </span>
        <Button
          className="end"
          size="compact-xs"
          disabled={!may}
          loading={remove.isPending}
          onClick={() => remove.mutate(undefined, { onError: notify.failed })}
        >
          {t('exception.remove')}
        </Button>
      </div>
      {exception.fields.map(({ field, operator, value }) => (
        <Tag key={field}>{visible(`${field} ${operator} ${value.join(', ')}`, { limit: 200 })}</Tag>
      ))}
      {exception.comment && <span className="small">{visible(exception.comment, { lines: true })}</span>}
    </li>
  )
}

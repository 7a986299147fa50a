import { Button, Switch } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Rule } from '../../../server/schemas/rules.ts'
import { usePages, useWrite } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { useNotify } from '../../ui/domain/notify.tsx'
import { count } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { type Facet, Facets } from '../../ui/parts/facets.tsx'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { Page } from '../../ui/parts/page.tsx'
import { PriorityTag, Tag } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { OwnRules } from './own-rules.tsx'

/** What is enforced, and what would a change hide? */
export function Rules() {
  const text = useText()
  const { t, word, lang } = text
  const [url] = useUrl()
  const may = useMay('analyst')
  const admin = useMay('admin')
  const [own, setOwn] = useState(false)
  const source = usePages<Rule>('rules', url)
  const off = usePages<Rule>('rules', { enabled: 'false' }, 1)
  const columns = useMemo(() => columnsOf(text, may), [text, may])
  const facets: Facet[] = [
    { key: 'fired', kind: 'one', options: [{ value: 'true', label: t('rules.fired') }] },
    {
      key: 'enabled',
      kind: 'one',
      options: [
        { value: 'true', label: t('rules.on') },
        { value: 'false', label: t('rules.off') },
      ],
    },
    {
      key: 'priority',
      kind: 'one',
      label: t('incidents.priority'),
      options: ['Critical', 'Error', 'Warning', 'Notice'].map(value => ({ value, label: word(`priority.${value}`) })),
    },
  ]
  const total = source.total ?? source.rows.length
  return (
    <Page
      table
      title={t('nav.rules')}
      actions={
        <Button disabled={!admin} onClick={() => setOwn(true)}>
          {t('own.title')}
        </Button>
      }
      answer={
        source.isPending
          ? t('rules.question')
          : t('rules.answer', { n: count(total, lang), off: count(off.total ?? off.rows.length, lang) })
      }
    >
      <Facets facets={facets}>
        <CsvLink path="rules" query={url} />
      </Facets>
      <DataTable
        label={t('nav.rules')}
        columns={columns}
        source={source}
        rowKey={row => row.name}
        href={row => pathOf('rules', row.name)}
        empty={<Empty title={t('rules.none')} />}
      />
      {own && <OwnRules close={() => setOwn(false)} />}
    </Page>
  )
}

/** On and off, with the rule's name for those who cannot see its row. */
export function RuleSwitch({ rule, may }: { rule: Rule; may: boolean }) {
  const { t } = useText()
  const notify = useNotify()
  const patch = useWrite<unknown, { enabled: boolean }>('PATCH', `rules/${encodeURIComponent(rule.name)}`, ['rules'])
  return (
    <Switch
      checked={rule.enabled}
      disabled={!may || patch.isPending}
      aria-label={t('rules.switch', { rule: visible(rule.name, { limit: 200 }) })}
      onChange={event => patch.mutate({ enabled: event.currentTarget.checked }, { onError: notify.failed })}
    />
  )
}

function columnsOf({ t, word, lang, both }: Text, may: boolean): Column<Rule>[] {
  return [
    { id: 'on', header: t('rules.on'), width: 60, cell: row => <RuleSwitch rule={row} may={may} /> },
    {
      id: 'priority',
      header: t('incidents.priority'),
      width: 112,
      from: 'sm',
      sort: 'priority',
      cell: row => <PriorityTag value={row.priority} />,
    },
    {
      id: 'name',
      header: t('incidents.rule'),
      sort: 'name',
      cell: row => (
        <>
          <Go to={pathOf('rules', row.name)} className="clip strong">
            {visible(both(row.title), { limit: 200 })}
          </Go>
          <Clip className="small dim" text={both(row.description)} />
        </>
      ),
    },
    {
      id: 'area',
      header: t('rules.area'),
      width: 110,
      from: 'md',
      cell: row => <Clip text={word(`area.${row.area}`)} />,
    },
    {
      id: 'attack',
      header: 'ATT&CK',
      width: 110,
      from: 'lg',
      cell: row => <Clip mono text={row.techniques.join(' ') || '—'} />,
    },
    {
      id: 'day',
      header: t('rules.day'),
      width: 84,
      from: 'sm',
      end: true,
      sort: 'hitsDay',
      cell: row => count(row.hitsDay, lang),
    },
    {
      id: 'week',
      header: t('rules.week'),
      width: 84,
      end: true,
      sort: 'hitsWeek',
      cell: row => count(row.hitsWeek, lang),
    },
    {
      id: 'exceptions',
      header: t('rules.exceptions'),
      width: 92,
      from: 'md',
      end: true,
      cell: row => row.exceptions.length || <span className="dim">0</span>,
    },
    {
      id: 'origin',
      header: t('rules.origin'),
      width: 92,
      from: 'lg',
      cell: row => <Tag>{t(`origin.${row.origin}`)}</Tag>,
    },
  ]
}

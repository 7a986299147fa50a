import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Scope } from '../../../server/schemas/decisions.ts'
import type { Settings } from '../../../server/schemas/settings.ts'
import type { Vulnerability } from '../../../server/schemas/vulnerabilities.ts'
import { useOne, usePages } from '../../ui/api/query.ts'
import { useMay } from '../../ui/api/session.tsx'
import { DecideModal } from '../../ui/domain/decide.tsx'
import { NothingFound } from '../../ui/domain/verdict.tsx'
import { count } from '../../ui/format/number.ts'
import { pathOf } from '../../ui/format/safe.ts'
import type { UrlState } from '../../ui/format/url-state.ts'
import { useUrl } from '../../ui/format/use-url.ts'
import { useKeys } from '../../ui/keys/use-keys.ts'
import { CsvLink } from '../../ui/parts/csv-link.tsx'
import { type Facet, Facets } from '../../ui/parts/facets.tsx'
import { Page } from '../../ui/parts/page.tsx'
import { severities } from '../../ui/parts/severity.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'
import { vulnerabilityColumns } from './columns.tsx'

/** Which fix removes most risk? */
export function Vulnerabilities() {
  const text = useText()
  const { t, lang } = text
  const [url, setUrl] = useUrl()
  const may = useMay('analyst')
  const query = useMemo(() => queryOf(url), [url])
  const source = usePages<Vulnerability>('vulnerabilities', query)
  const sla = useOne<Settings>('settings').data?.sla
  const columns = useMemo(() => vulnerabilityColumns(text, sla), [text, sla])
  const [chosen, setChosen] = useState<Vulnerability[]>([])
  const [scopes, setScopes] = useState<Scope[]>()
  const decide = (rows: Vulnerability[]) =>
    may && rows.length > 0 && setScopes(rows.map(({ id }) => ({ vulnerability: id })))
  useKeys({ d: () => decide(chosen) })
  const total = source.total ?? source.rows.length
  return (
    <Page
      table
      title={t('nav.vulnerabilities')}
      answer={
        source.isPending
          ? t('vulns.question')
          : t('vulns.answer', { n: `${count(total, lang)}${total >= 10_000 ? '+' : ''}` })
      }
      actions={
        <>
          <Button variant="filled" disabled={!may || chosen.length === 0} onClick={() => decide(chosen)}>
            {t('decide.many', { n: chosen.length })}
          </Button>
          <CsvLink path="vulnerabilities" query={query} />
        </>
      }
    >
      <Facets facets={facetsOf(text)}>
        <button
          type="button"
          className="toggle"
          aria-pressed={url['view'] === 'new'}
          onClick={() => setUrl({ view: url['view'] ? undefined : 'new' })}
        >
          {t('vulns.new')}
        </button>
      </Facets>
      <DataTable
        label={t('nav.vulnerabilities')}
        columns={columns}
        source={source}
        rowKey={row => row.id}
        href={row => pathOf('vulnerabilities', row.id)}
        empty={<NothingFound filtered={Object.keys(query).some(key => key !== 'state' && key !== 'sort')} />}
        onSelect={setChosen}
        keys={{ a: row => decide([row]), e: row => decide([row]) }}
      />
      {scopes && <DecideModal scopes={scopes} close={() => setScopes(undefined)} />}
    </Page>
  )
}

function facetsOf({ t, word }: Text): Facet[] {
  const flag = (key: string, label: string): Facet => ({ key, kind: 'one', options: [{ value: 'true', label }] })
  return [
    {
      key: 'severity',
      kind: 'many',
      label: t('vulns.severity'),
      options: severities.slice(0, 4).map(value => ({ value, label: word(`severity.${value}`) })),
    },
    flag('kev', t('reason.kev')),
    { key: 'inUse', kind: 'one', options: [{ value: 'yes', label: t('in_use.yes') }] },
    flag('exposed', t('reason.exposed')),
    flag('running', t('reason.running')),
    flag('fixable', t('vulns.fixable')),
    {
      key: 'state',
      kind: 'one',
      initial: 'open',
      label: t('vulns.state'),
      options: ['open', 'decided', 'all'].map(value => ({ value, label: word(`vuln_state.${value}`) })),
    },
  ]
}

/** The API's query of an address: open ones unless it says otherwise; `view=new` is what came in the last day. */
function queryOf({ view, tab: _tab, state = 'open', ...rest }: UrlState): UrlState {
  const hour = 3_600_000
  const since = new Date(Math.floor(Date.now() / hour) * hour - 24 * hour).toISOString()
  return { ...rest, ...(state === 'all' ? {} : { state }), ...(view === 'new' ? { since } : {}) }
}

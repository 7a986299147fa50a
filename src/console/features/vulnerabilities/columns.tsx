import type { Settings } from '../../../server/schemas/settings.ts'
import type { Vulnerability } from '../../../server/schemas/vulnerabilities.ts'
import { InUseTag, Reasons } from '../../ui/domain/risk.tsx'
import { count, percent } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { Clip, Go } from '../../ui/parts/go.tsx'
import { SeverityTag, Tag } from '../../ui/parts/severity.tsx'
import { Ago } from '../../ui/parts/time.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { useNow } from '../../ui/text/now.tsx'
import { type Text, useText } from '../../ui/text/text.tsx'

export function vulnerabilityColumns({ t, lang }: Text, sla: Sla): Column<Vulnerability>[] {
  return [
    {
      id: 'rank',
      header: t('vulns.rank'),
      width: 56,
      from: 'md',
      end: true,
      sort: 'rank',
      cell: row => count(row.rank, lang),
    },
    {
      id: 'severity',
      header: t('vulns.severity'),
      width: 94,
      sort: 'severity',
      cell: row => <SeverityTag value={row.severity} />,
    },
    {
      id: 'id',
      header: t('vulns.flaw'),
      sort: 'id',
      cell: row => (
        <>
          <Go to={pathOf('vulnerabilities', row.id)} className="clip strong">
            {visible(row.id, { limit: 100 })}
          </Go>
          <Clip className="small dim" text={row.title} />
        </>
      ),
    },
    {
      id: 'package',
      header: t('vulns.package'),
      width: 230,
      from: 'sm',
      cell: ({ packages }) => (
        <>
          <Clip text={packages.map(({ name }) => name).join(', ')} />
          {packages[0]?.fixed ? (
            <Clip className="small dim" mono text={`→ ${packages[0].fixed}`} />
          ) : (
            <Clip className="small dim" text={t('vulns.no_fix')} />
          )}
        </>
      ),
    },
    {
      id: 'reasons',
      header: t('vulns.reasons'),
      width: 300,
      from: 'xl',
      cell: row => <Reasons value={row.reasons} limit={5} />,
    },
    { id: 'inUse', header: t('vulns.in_use'), width: 88, from: 'md', cell: row => <InUseTag value={row.inUse} /> },
    {
      id: 'exposed',
      header: t('reason.exposed'),
      width: 80,
      from: 'lg',
      cell: row =>
        row.exposed ? <Tag tone="medium">{t('word.yes')}</Tag> : <span className="dim">{t('word.no')}</span>,
    },
    {
      id: 'kev',
      header: 'KEV',
      width: 58,
      from: 'md',
      cell: ({ kev }) =>
        kev ? (
          <Tag tone="critical" title={t('vulns.kev_since', { date: kev.dateAdded })}>
            KEV
          </Tag>
        ) : (
          <span className="dim">—</span>
        ),
    },
    {
      id: 'epss',
      header: 'EPSS',
      width: 68,
      from: 'lg',
      end: true,
      sort: 'epss',
      cell: ({ epss }) =>
        epss ? <span title={epss.date}>{percent(epss.score, lang)}</span> : <span className="dim">—</span>,
    },
    {
      id: 'cvss',
      header: 'CVSS',
      width: 60,
      from: 'lg',
      end: true,
      sort: 'cvss',
      cell: ({ cvss }) => cvss?.toFixed(1) ?? <span className="dim">—</span>,
    },
    {
      id: 'hit',
      header: t('vulns.hit'),
      width: 122,
      from: 'md',
      end: true,
      sort: 'images',
      cell: row => (
        <span
          title={t('vulns.hit_title', { images: row.images, running: row.running })}
        >{`${row.images} / ${row.running}`}</span>
      ),
    },
    {
      id: 'age',
      header: t('vulns.age'),
      width: 96,
      from: 'lg',
      sort: 'firstSeen',
      cell: row => <Age flaw={row} sla={sla} />,
    },
  ]
}

type Sla = Settings['sla'] | undefined

/** When it was first seen, and how far it is past the day until which it had to be fixed. */
function Age({ flaw, sla }: { flaw: Vulnerability; sla: Sla }) {
  const { t } = useText()
  const now = useNow()
  const days = flaw.severity === 'UNKNOWN' ? undefined : sla?.[flaw.severity]
  const over = days === undefined ? 0 : Math.floor((now - Date.parse(flaw.firstSeen)) / 86_400_000) - days
  return (
    <>
      <Ago at={flaw.firstSeen} />
      {over > 0 && flaw.state === 'open' && (
        <div className="small" style={{ color: 'var(--critical)' }}>
          {t('vulns.overdue', { n: over })}
        </div>
      )}
    </>
  )
}

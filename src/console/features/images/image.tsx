import { useParams } from '@tanstack/react-router'
import type { ImageDetail } from '../../../server/schemas/images.ts'
import { useOne } from '../../ui/api/query.ts'
import { StartJob } from '../../ui/domain/start-job.tsx'
import { CountsOrWhy } from '../../ui/domain/verdict.tsx'
import { bytes, count, shortDigest } from '../../ui/format/number.ts'
import { pathOf, visible } from '../../ui/format/safe.ts'
import { Go } from '../../ui/parts/go.tsx'
import { Facts, Page, Panel } from '../../ui/parts/page.tsx'
import { severities } from '../../ui/parts/severity.tsx'
import { Ready } from '../../ui/parts/states.tsx'
import { Tabs } from '../../ui/parts/tabs.tsx'
import { At } from '../../ui/parts/time.tsx'
import { useText } from '../../ui/text/text.tsx'
import { Difference } from './difference.tsx'
import { Findings } from './findings.tsx'
import { Layers } from './layers.tsx'
import { Packages } from './packages.tsx'
import { Rebuild } from './rebuild.tsx'
import { ScanState } from './scan-state.tsx'

/** What must be built anew, and why? */
export function ImagePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { t } = useText()
  const image = useOne<ImageDetail>(`images/${encodeURIComponent(id)}`)
  return (
    <Page
      title={visible(image.data?.names[0] ?? shortDigest(id), { limit: 200 })}
      crumb={<Go to="/images">{t('nav.images')}</Go>}
      answer={image.data && <Answer image={image.data} />}
      actions={<StartJob kind="scan_image" target={id} label={t('image.scan')} />}
    >
      <Ready of={image}>{data => <Body image={data} />}</Ready>
    </Page>
  )
}

function Answer({ image }: { image: ImageDetail }) {
  const { t, lang } = useText()
  const removed = image.fixes.reduce((sum, { removes }) => sum + removes, 0)
  return (
    <span className="row">
      <CountsOrWhy counts={image.vulnerabilities} scan={image.scan} />
      <span>
        {image.scan.state === 'done' && image.scan.incomplete.length === 0 && `${t('image.scanned_when')} `}
        <ScanState scan={image.scan} />
      </span>
      <span>
        {image.fixes.length > 0
          ? t('image.answer', { fixes: image.fixes.length, removes: count(removed, lang) })
          : t('image.no_fixes')}
      </span>
    </span>
  )
}

function Body({ image }: { image: ImageDetail }) {
  const { t } = useText()
  const findings = severities.reduce((sum, severity) => sum + image.vulnerabilities[severity], 0)
  return (
    <>
      {image.scan.incomplete.length > 0 && <Incomplete image={image} />}
      <Tabs
        label={t('image.parts')}
        tabs={[
          {
            id: 'rebuild',
            label: t('image.rebuild'),
            count: image.fixes.length,
            show: () => <Overview image={image} />,
          },
          {
            id: 'findings',
            label: t('images.findings'),
            count: findings,
            show: () => <Findings image={image} kind="vulnerability" />,
          },
          {
            id: 'layers',
            label: t('image.layers'),
            count: image.layersList.length,
            show: () => <Layers image={image} />,
          },
          {
            id: 'packages',
            label: t('images.packages'),
            count: image.packages,
            show: () => <Packages image={image} />,
          },
          {
            id: 'secrets',
            label: t('image.secrets'),
            count: image.secrets,
            show: () => <Findings image={image} kind="secret" />,
          },
          {
            id: 'malware',
            label: t('image.malware'),
            count: image.malware,
            show: () => <Findings image={image} kind="malware" />,
          },
          { id: 'licenses', label: t('image.licenses'), show: () => <Findings image={image} kind="license" /> },
          { id: 'diff', label: t('image.diff'), show: () => <Difference image={image} /> },
        ]}
      />
    </>
  )
}

function Overview({ image }: { image: ImageDetail }) {
  const { t, word, lang } = useText()
  return (
    <div className="grid two">
      <Rebuild image={image} />
      <div className="stack">
        <Panel title={t('image.facts')}>
          <Facts
            rows={[
              [
                t('image.names'),
                <span key="names" className="mono" style={{ whiteSpace: 'pre-line' }}>
                  {visible(image.names.join('\n'), { lines: true })}
                </span>,
              ],
              [
                'ID',
                <span key="id" className="mono">
                  {visible(image.id)}
                </span>,
              ],
              [t('images.os'), `${visible(image.os ?? '—')}${image.osEndOfLife ? ` · ${t('images.eol')}` : ''}`],
              [t('image.base'), image.base && `${visible(image.base.name)} (${visible(image.base.how)})`],
              [t('images.size'), bytes(image.size, lang)],
              [t('images.packages'), count(image.packages, lang)],
              [t('images.built'), image.createdAt && <At at={image.createdAt} />],
              [t('image.scanned'), image.scan.at && <At at={image.scan.at} />],
            ]}
          />
        </Panel>
        <Panel title={t('image.containers')} flush>
          <ul className="list">
            {image.containers.slice(0, 50).map(({ id, name, state }) => (
              <li key={id} className="row">
                <Go to={pathOf('containers', id)}>{visible(name)}</Go>
                <span className="dim small">{word(`container_state.${state}`)}</span>
              </li>
            ))}
          </ul>
          {image.containers.length === 0 && <p className="note panel-body">{t('image.no_containers')}</p>}
        </Panel>
      </div>
    </div>
  )
}

function Incomplete({ image }: { image: ImageDetail }) {
  const { t } = useText()
  return (
    <Panel title={t('none.incomplete')} note={t('none.incomplete_why', { n: image.scan.incomplete.length })} flush>
      <ul className="list small">
        {image.scan.incomplete.slice(0, 20).map(({ path, reason, code }) => (
          <li key={`${path} ${code}`}>
            <span className="mono">{visible(path, { limit: 300 })}</span> — {visible(reason, { limit: 300 })}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

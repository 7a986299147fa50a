import { type ReactNode, useState } from 'react'
import type { EvidenceContents, EvidenceDetail } from '../../../server/schemas/evidence.ts'
import { useOne } from '../../ui/api/query.ts'
import { bytes, count } from '../../ui/format/number.ts'
import { visible } from '../../ui/format/safe.ts'
import { Tag } from '../../ui/parts/severity.tsx'
import { Empty, Ready } from '../../ui/parts/states.tsx'
import type { Column } from '../../ui/table/columns.tsx'
import { PlainTable } from '../../ui/table/plain-table.tsx'
import { type Text, type TextKey, useText } from '../../ui/text/text.tsx'
import { childrenOf } from './evidence-tree.ts'

type Process = EvidenceContents['processes']['items'][number]

/** What a file of evidence holds: processes with their open files, sockets, the last events, the manifest with its hashes. */
export function Contents({ id }: { id: string }) {
  const evidence = useOne<EvidenceDetail>(`evidence/${encodeURIComponent(id)}`)
  const { t } = useText()
  return (
    <Ready of={evidence}>
      {({ contents }) => (contents ? <Parts contents={contents} /> : <Empty title={t('evidence.unreadable')} />)}
    </Ready>
  )
}

function Parts({ contents }: { contents: EvidenceContents }) {
  const text = useText()
  const { t, lang } = text
  const parts: [key: TextKey, total: number, show: () => ReactNode][] = [
    ['evidence.processes', contents.processes.total, () => <Processes all={contents.processes.items} />],
    ['evidence.sockets', contents.sockets.total, () => <Sockets rows={contents.sockets.items} text={text} />],
    [
      'evidence.events',
      contents.events.total,
      () => <Lines label={t('evidence.events')} lines={contents.events.items} />,
    ],
    ['evidence.manifest', contents.members.total, () => <Manifest contents={contents} text={text} />],
  ]
  const [open, setOpen] = useState<TextKey>('evidence.processes')
  return (
    <div className="stack tight">
      <div className="facets">
        <fieldset className="facet">
          <legend className="sr">{t('incident.evidence')}</legend>
          {parts.map(([key, total]) => (
            <button key={key} type="button" className="toggle" aria-pressed={open === key} onClick={() => setOpen(key)}>
              {t(key)} {count(total, lang)}
            </button>
          ))}
        </fieldset>
      </div>
      {parts.find(([key]) => key === open)?.[2]()}
    </div>
  )
}

function Processes({ all }: { all: Process[] }) {
  const { t } = useText()
  const tree = childrenOf(all)
  if (all.length === 0) return <Empty title={t('incident.no_processes')} />
  return (
    <ul className="tree">
      {tree.roots.map(process => (
        <OneProcess key={process.pid} process={process} tree={tree} depth={0} />
      ))}
    </ul>
  )
}

function OneProcess({
  process,
  tree,
  depth,
}: {
  process: Process
  tree: ReturnType<typeof childrenOf<Process>>
  depth: number
}) {
  const { t, lang } = useText()
  const { pid, uid, comm, exe, cmdline, files, fileCount, cwd } = process
  const children = tree.children.get(pid) ?? []
  return (
    <li>
      <div>
        <span className="row" style={{ gap: 6 }}>
          <span className="strong">{visible(comm || '?', { limit: 100 })}</span>
          <span className="mono dim">
            {pid} · uid {uid}
          </span>
        </span>
        {cmdline !== '' && <div className="mono">{visible(cmdline, { limit: 1000 })}</div>}
        <div className="small dim mono">{visible(`${exe} · ${cwd}`, { limit: 500 })}</div>
        {files.length > 0 && (
          <details>
            <summary className="small">{t('evidence.open_files', { n: count(fileCount, lang) })}</summary>
            <Lines label={t('evidence.open_files', { n: count(fileCount, lang) })} lines={files} />
          </details>
        )}
      </div>
      {children.length > 0 && depth < 40 && (
        <ul className="tree">
          {children.map(child => (
            <OneProcess key={child.pid} process={child} tree={tree} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Sockets({ rows, text: { t } }: { rows: EvidenceContents['sockets']['items']; text: Text }) {
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'protocol', header: t('evidence.protocol'), width: 70, cell: row => visible(row.protocol) },
    { id: 'local', header: t('evidence.local'), cell: row => <span className="mono">{visible(row.local)}</span> },
    { id: 'remote', header: t('evidence.remote'), cell: row => <span className="mono">{visible(row.remote)}</span> },
    { id: 'state', header: t('vulns.state'), width: 110, from: 'sm', cell: row => visible(row.state) },
    { id: 'pids', header: 'PID', width: 90, from: 'sm', cell: row => visible(row.pids.join(', ')) },
  ]
  return (
    <PlainTable
      label={t('evidence.sockets')}
      columns={columns}
      rows={rows}
      rowKey={row => `${row.protocol} ${row.local} ${row.remote} ${row.state} ${row.pids.join()}`}
      empty={<Empty title={t('evidence.nothing')} />}
    />
  )
}

function Manifest({ contents, text: { t, lang } }: { contents: EvidenceContents; text: Text }) {
  const columns: Column<EvidenceContents['members']['items'][number]>[] = [
    {
      id: 'name',
      header: t('evidence.member'),
      cell: row => (
        <>
          <span className="mono">{visible(row.path ?? row.name, { limit: 500 })}</span>
          <div className="mono small dim">{visible(row.sha256, { limit: 80 })}</div>
        </>
      ),
    },
    { id: 'size', header: t('images.size'), width: 90, end: true, cell: row => bytes(row.size, lang) },
    {
      id: 'ok',
      header: t('evidence.hash'),
      width: 96,
      from: 'sm',
      cell: row => (
        <Tag tone={row.ok ? 'good' : 'critical'}>{t(row.ok ? 'evidence.hash_ok' : 'evidence.hash_bad')}</Tag>
      ),
    },
  ]
  return (
    <>
      <PlainTable
        label={t('evidence.manifest')}
        columns={columns}
        rows={contents.members.items}
        rowKey={row => row.name}
        empty={<Empty title={t('evidence.nothing')} />}
      />
      {contents.missing.length > 0 && (
        <>
          <b className="small">{t('evidence.missing')}</b>
          <Lines label={t('evidence.missing')} lines={contents.missing.map(({ what, why }) => `${what}: ${why}`)} />
        </>
      )}
    </>
  )
}

function Lines({ lines, label }: { lines: string[]; label: string }) {
  const { t } = useText()
  if (lines.length === 0) return <Empty title={t('evidence.nothing')} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="code" aria-label={label} tabIndex={0}>
      <pre>{lines.map(line => visible(line, { limit: 2000 })).join('\n')}</pre>
    </section>
  )
}

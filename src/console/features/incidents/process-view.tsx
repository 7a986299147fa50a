import { useMemo } from 'react'
import type { IncidentDetail } from '../../../server/schemas/incidents.ts'
import { visible } from '../../ui/format/safe.ts'
import { Tag } from '../../ui/parts/severity.tsx'
import { Empty } from '../../ui/parts/states.tsx'
import { useText } from '../../ui/text/text.tsx'
import { type ProcessNode, processTree } from './process-tree.ts'

export function ProcessTree({ incident }: { incident: IncidentDetail }) {
  const { t } = useText()
  const roots = useMemo(() => processTree(incident), [incident])
  if (roots.length === 0) return <Empty title={t('incident.no_processes')} />
  return (
    <ul className="tree">
      {roots.map(node => (
        <Branch key={node.pid} node={node} depth={0} />
      ))}
    </ul>
  )
}

function Branch({ node, depth }: { node: ProcessNode; depth: number }) {
  const { t } = useText()
  return (
    <li>
      <div>
        <span className="row" style={{ gap: 6 }}>
          <span className="strong">{visible(node.name || '?', { limit: 100 })}</span>
          <span className="mono dim">{node.pid}</span>
          {node.alerts > 0 && <Tag tone="critical">{t('incident.alerted', { n: node.alerts })}</Tag>}
        </span>
        {node.cmdline !== '' && <div className="mono">{visible(node.cmdline, { limit: 1000 })}</div>}
        {node.acts.slice(0, 12).map(act => {
          const [kind = '', ...what] = act.split(' ')
          return (
            <div key={act} className="small">
              <span className="dim">{t(`act.${kind}` as 'act.file')}</span>{' '}
              <span className="mono">{visible(what.join(' '), { limit: 500 })}</span>
            </div>
          )
        })}
      </div>
      {node.children.length > 0 && depth < 40 && (
        <ul className="tree">
          {node.children.map(child => (
            <Branch key={child.pid} node={child} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  )
}

import type { IncidentDetail } from '../../../server/schemas/incidents.ts'

export interface ProcessNode {
  pid: number
  name: string
  cmdline: string
  /** What its alerts say it did, each once: `file /etc/shadow`, `network 10.0.0.1:443`. */
  acts: string[]
  alerts: number
  children: ProcessNode[]
}

const ceiling = 500

/**
 * Processes of an incident as a tree: its lineage, from the eldest ancestor down to the process itself, and what the alerts' fields tell of `proc.pid` and
 * `proc.ppid`; an alert that names no process is the youngest's. At most 500 processes; a pid that is its own ancestor ends the line.
 */
export function processTree({ lineage, samples }: Pick<IncidentDetail, 'lineage' | 'samples'>): ProcessNode[] {
  const nodes = new Map<number, ProcessNode>()
  const parents = new Map<number, number>()
  const node = (pid: number, name: string, cmdline: string): ProcessNode => {
    const known = nodes.get(pid)
    if (known !== undefined) {
      if (known.cmdline === '') known.cmdline = cmdline
      return known
    }
    const made = { pid, name, cmdline, acts: [], alerts: 0, children: [] }
    nodes.set(pid, made)
    return made
  }
  lineage.forEach(({ pid, comm, cmdline }, index) => {
    node(pid, comm, cmdline)
    if (index > 0) parents.set(pid, lineage[index - 1]!.pid)
  })
  for (const { output_fields: fields } of samples) {
    const pid = Number(fields['proc.pid'] ?? lineage.at(-1)?.pid)
    if (!Number.isInteger(pid) || pid <= 0 || nodes.size >= ceiling) continue
    const process = node(pid, textOf(fields['proc.name']), textOf(fields['proc.cmdline']))
    process.alerts++
    const act = actOf(fields)
    if (act !== '' && !process.acts.includes(act) && process.acts.length < 50) process.acts.push(act)
    const parent = Number(fields['proc.ppid'])
    if (!parents.has(pid) && Number.isInteger(parent) && parent > 0 && parent !== pid) {
      if (!nodes.has(parent)) node(parent, textOf(fields['proc.pname']), textOf(fields['proc.pcmdline']))
      parents.set(pid, parent)
    }
  }
  return attach(nodes, parents)
}

function attach(nodes: Map<number, ProcessNode>, parents: Map<number, number>): ProcessNode[] {
  const roots: ProcessNode[] = []
  for (const [pid, node] of nodes) {
    const parent = parents.get(pid)
    if (parent === undefined || isOwnAncestor(pid, parents)) roots.push(node)
    else nodes.get(parent)!.children.push(node)
  }
  return roots
}

function isOwnAncestor(pid: number, parents: Map<number, number>): boolean {
  const seen = new Set<number>()
  for (let at = parents.get(pid); at !== undefined; at = parents.get(at)) {
    if (at === pid || seen.has(at)) return true
    seen.add(at)
  }
  return false
}

function actOf(fields: IncidentDetail['samples'][number]['output_fields']): string {
  const name = textOf(fields['fd.name'])
  if (name !== '') return `${/:\d+/.test(name) ? 'network' : 'file'} ${name}`
  return textOf(fields['evt.type']) === '' ? '' : `call ${textOf(fields['evt.type'])}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value !== '<NA>' ? value : ''
}

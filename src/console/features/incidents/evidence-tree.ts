interface Related {
  pid: number
  ppid: number
}

/** Who started whom. A process whose parent is not there is a root; of a circle, which no kernel makes but a file may tell, the first process is one. */
export function childrenOf<P extends Related>(all: readonly P[]): { roots: P[]; children: Map<number, P[]> } {
  const byPid = new Map(all.map(process => [process.pid, process]))
  const children = new Map<number, P[]>()
  const roots: P[] = []
  for (const process of byPid.values()) {
    if (!byPid.has(process.ppid) || inCircle(process, byPid)) roots.push(process)
    else children.set(process.ppid, [...(children.get(process.ppid) ?? []), process])
  }
  return { roots, children }
}

function inCircle(process: Related, byPid: ReadonlyMap<number, Related>): boolean {
  const seen = new Set<number>()
  for (let at: Related | undefined = process; at !== undefined; at = byPid.get(at.ppid)) {
    if (seen.has(at.pid)) return at.pid === process.pid
    seen.add(at.pid)
  }
  return false
}

/** Containers of drills: what they raise is the drill's, no incident. Known by the ids that Docker gave, for a label or a name could be anybody's. */
export interface Drilled {
  add(containerId: string): void
  /** `containerId` may be the short form that sensors tell. */
  has(containerId: string): boolean
}

/** Late events of a container come long after its end; an id is never given twice. */
const remembered = 3_600_000
const most = 5000

export function createDrilled(now: () => number = Date.now): Drilled {
  const until = new Map<string, number>()
  return {
    add(id) {
      for (const [known, end] of until) if (end < now() || until.size >= most) until.delete(known)
      until.set(id, now() + remembered)
    },
    has(id) {
      if (id.length < 12) return false
      const end = until.get(id)
      if (end !== undefined) return end >= now()
      return id.length < 64 && [...until].some(([known, last]) => known.startsWith(id) && last >= now())
    },
  }
}

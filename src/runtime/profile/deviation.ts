import { type Language, translate } from '../../base/i18n/translate.ts'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { escapeText } from '../../base/text.ts'
import type { FacetName } from './observations.ts'
import type { Delta, Profile } from './profile.ts'

/** How far an event is from what its image's containers do. */
export interface Deviation {
  image: string
  containerId: string
  /** 0 to 100, from what is unknown alone. */
  score: number
  /** The score, raised by at most 15 when the order of calls is surprising too: for sorting. */
  rank: number
  /** Worst first. */
  reasons: Reason[]
}

export interface Reason {
  facet: FacetName
  /** What was not known, in its most specific form. */
  key: string
  weight: number
}

/** How much an unknown thing of a kind says, in percent: a program or an open port of its own is rare in a container, another argument is daily bread. */
const weights: Readonly<Record<FacetName, number>> = {
  executable: 60,
  child: 35,
  argument: 15,
  write: 20,
  listen: 50,
  peer: 35,
  syscall: 20,
  capability: 50,
  user: 40,
}
/** Calls that containers have little reason for. */
const graveCalls = new Set(
  'ptrace process_vm_writev bpf init_module finit_module mount setns unshare memfd_create io_uring_submit userfaultfd perf_event_open keyctl pivot_root'.split(
    ' ',
  ),
)
const addedProgramWeight = 80
const graveCallWeight = 50
const surpriseFrom = 6
const mostSurprise = 15

/** Judges a delta after learning; undefined while the profile learns, or when all is known. A facet that overflowed proves nothing and is passed over. */
export function deviationOf(profile: Profile, delta: Delta, event: RuntimeEvent, bits?: number): Deviation | undefined {
  if (!profile.learning.done) return undefined
  const reasons = delta.unknown
    .filter(({ facet }) => profile.facets[facet].overflow === 0)
    .map(({ facet, ladder }) => ({ facet, key: ladder[0] ?? '', weight: weightOf(facet, ladder[0] ?? '') }))
    .sort((a, b) => b.weight - a.weight)
  if (reasons.length === 0) return undefined
  const score = Math.round(100 * (1 - reasons.reduce((left, reason) => left * (1 - reason.weight / 100), 1)))
  const raise = Math.min(mostSurprise, Math.max(0, Math.round(((bits ?? 0) - surpriseFrom) * 3)))
  return {
    image: profile.image,
    containerId: event.process.containerId,
    score,
    rank: Math.min(100, score + raise),
    reasons,
  }
}

/** The deviation in a sentence a reason. Keys are foreign text: control characters are shown as escapes. */
export function explain(deviation: Deviation, language: Language): string {
  const reasons = deviation.reasons.map(({ facet, key }) =>
    translate(language, `profile.${facet}`, { key: escapeText(key) }),
  )
  return translate(language, 'profile.deviation', { score: deviation.score, reasons: reasons.join('; ') })
}

function weightOf(facet: FacetName, key: string): number {
  if (facet === 'executable' && (key.endsWith(' (added)') || key === 'memfd:')) return addedProgramWeight
  return facet === 'syscall' && graveCalls.has(key) ? graveCallWeight : weights[facet]
}

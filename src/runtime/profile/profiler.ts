import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { type Deviation, deviationOf } from './deviation.ts'
import { exportProfile, importProfile } from './json.ts'
import { slotLength } from './learning.ts'
import { apply, createHistories, createProfile, followCalls, observe, type Profile } from './profile.ts'
import { quickKey } from './quick-key.ts'

/** Profiles of all images of this machine: learns those that are not learned yet, judges by the others. */
export interface Profiler {
  /**
   * Learns from an event of a container, or tells how it deviates: the same of one container once an hour. Events of the host, and of a container whose image is not known yet,
   * are passed over.
   */
  take(event: RuntimeEvent): Deviation | undefined
  /** By the digest of the image's configuration. */
  profiles: ReadonlyMap<string, Profile>
  /** Images that found no room. */
  overflow: number
  export(image: string): string | undefined
  /** Puts a profile in, in the place of one of the same image. Answers what is wrong with the text, if anything. */
  import(text: string): string | undefined
  /** Learns an image anew, or further: `keep` keeps what is known. */
  relearn(image: string, keep: boolean): void
}

export interface ProfilerOptions {
  /** Images at most; a profile takes up to some megabytes. Default 200. */
  maxImages?: number
  /** Without the order of calls, which costs as much as all the rest. */
  calls?: boolean
  /** Whether images without a profile get one. Default true. */
  learn?: boolean
  /** Asked once for an image without a profile: one that was kept. */
  load?(image: string): Profile | undefined
}

interface Watched {
  profile: Profile
  /** What events told in this slot already. */
  slot: number
  seen: Set<string>
}

const mostSeen = 20_000
const mostTold = 20_000
/** Slots for which the same deviation of one container is told once: an hour. */
const quietSlots = 360

export function createProfiler({
  maxImages = 200,
  calls = true,
  learn = true,
  load = () => undefined,
}: ProfilerOptions = {}): Profiler {
  const profiles = new Map<string, Profile>()
  const watched = new Map<string, Watched | undefined>()
  const histories = createHistories()
  const told = createTold()
  const put = (profile: Profile): void => {
    profiles.set(profile.image, profile)
    watched.set(profile.image, { profile, slot: -1, seen: new Set() })
  }
  const find = (image: string, { time, container }: RuntimeEvent): Watched | undefined => {
    if (watched.has(image)) return watched.get(image)
    const room = profiles.size < maxImages
    if (!room) profiler.overflow++
    const found = room ? (load(image) ?? (learn ? createProfile(image, time) : undefined)) : undefined
    if (watched.size >= 4 * maxImages) for (const [key, value] of watched) if (!value) watched.delete(key)
    if (found) {
      if (container !== undefined) found.name ??= container.image
      put(found)
    } else watched.set(image, undefined)
    return watched.get(image)
  }
  const profiler: Profiler = {
    profiles,
    overflow: 0,
    take(event) {
      const image = event.container?.imageId
      const found = image ? find(image, event) : undefined
      if (found === undefined) return undefined
      const { profile } = found
      const learns = !profile.learning.done
      const bits = calls ? followCalls(profile, histories, event, learns) : undefined
      if (isRepeat(found, event)) return undefined
      const delta = observe(profile, event)
      if (!learns) {
        const deviation = deviationOf(profile, delta, event, bits)
        return deviation && told(deviation, delta.slot) ? deviation : undefined
      }
      apply(profile, delta)
      return undefined
    },
    export(image) {
      const profile = profiles.get(image)
      return profile && exportProfile(profile)
    },
    import(text) {
      const profile = importProfile(text)
      if (typeof profile === 'string') return profile
      if (!profiles.has(profile.image) && profiles.size >= maxImages) return `more than ${maxImages} images`
      put(profile)
      return undefined
    },
    relearn(image, keep) {
      const profile = profiles.get(image)
      if (profile === undefined) return
      const fresh = createProfile(image, 0n)
      if (profile.name !== undefined) fresh.name = profile.name
      if (keep) profile.learning = fresh.learning
      put(keep ? profile : fresh)
    },
  }
  return profiler
}

/** Whether the same was told in this slot already. */
function isRepeat(watched: Watched, event: RuntimeEvent): boolean {
  const slot = Number(event.time / slotLength)
  if (slot !== watched.slot || watched.seen.size >= mostSeen) {
    watched.slot = slot
    watched.seen.clear()
  }
  const key = quickKey(event)
  if (watched.seen.has(key)) return true
  watched.seen.add(key)
  return false
}

/** Whether a deviation of a container is news: its worst reason was not told lately. */
function createTold(): (deviation: Deviation, slot: number) => boolean {
  const last = new Map<string, number>()
  return ({ containerId, reasons }, slot) => {
    const news = reasons.filter(({ facet, key }) => {
      const name = `${containerId} ${facet} ${key}`
      const before = last.get(name)
      if (before !== undefined && slot - before < quietSlots && slot >= before) return false
      if (last.size >= mostTold) last.delete(last.keys().next().value!)
      last.set(name, slot)
      return true
    })
    return news.length > 0
  }
}

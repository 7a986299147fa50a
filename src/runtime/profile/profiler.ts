import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { type Deviation, deviationOf } from './deviation.ts'
import { exportProfile, importProfile } from './json.ts'
import { apply, createHistories, createProfile, followCalls, observe, type Profile } from './profile.ts'

/** Profiles of all images of this machine: learns those that are not learned yet, judges by the others. */
export interface Profiler {
  /** Learns from an event of a container, or tells how it deviates. Events of the host, and of a container whose image is not known yet, are passed over. */
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
}

export function createProfiler({ maxImages = 200, calls = true }: ProfilerOptions = {}): Profiler {
  const profiles = new Map<string, Profile>()
  const histories = createHistories()
  const profileOf = (image: string, time: bigint): Profile | undefined => {
    const known = profiles.get(image)
    if (known !== undefined) return known
    if (profiles.size >= maxImages) {
      profiler.overflow++
      return undefined
    }
    const profile = createProfile(image, time)
    profiles.set(image, profile)
    return profile
  }
  const profiler: Profiler = {
    profiles,
    overflow: 0,
    take(event) {
      const image = event.container?.imageId
      const profile = image ? profileOf(image, event.time) : undefined
      if (profile === undefined) return undefined
      const learns = !profile.learning.done
      const bits = calls ? followCalls(profile, histories, event, learns) : undefined
      const delta = observe(profile, event)
      if (!learns) return deviationOf(profile, delta, event, bits)
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
      profiles.set(profile.image, profile)
      return undefined
    },
    relearn(image, keep) {
      const profile = profiles.get(image)
      if (profile === undefined) return
      const fresh = createProfile(image, 0n)
      if (keep) profile.learning = fresh.learning
      else profiles.set(image, fresh)
    },
  }
  return profiler
}

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../base/i18n/translate.ts'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { explain } from '../profile/deviation.ts'
import { exportProfile, importProfile } from '../profile/json.ts'
import type { Profile } from '../profile/profile.ts'
import { createProfiler } from '../profile/profiler.ts'
import { imageFile, readWhole, writeWhole } from './files.ts'

/** Learns the images' profiles while watching, keeps them in a folder, and tells what deviates from them. */
export interface ProfileKeeper {
  /** The event `jenner.deviation` for an event that deviates: `score`, `rank`, `reason`. */
  take(event: RuntimeEvent): RuntimeEvent | undefined
  /** Saves, now and then, what was learned; takes in what somebody else wrote there. */
  tick(now: number): void
  close(): void
}

export interface ProfileKeeperOptions {
  folder: string
  /** Learn images that have no profile yet. */
  learn: boolean
  language: Language
  onFault(what: string): void
}

const every = 60_000
const maxText = 64 << 20
/** Profiles in memory at most; more images are not watched for deviations, and that is told. */
const maxImages = 64

export function createProfileKeeper({ folder, learn, language, onFault }: ProfileKeeperOptions): ProfileKeeper {
  /** When the file of an image was last read or written by us (ms), as its own time tells. */
  const changed = new Map<string, number>()
  /** Learned, and kept so. */
  const settled = new WeakSet<Profile>()
  const load = (image: string): Profile | undefined => {
    const name = imageFile(image)
    const read = name === undefined ? undefined : readWhole(join(folder, name), maxText)
    if (name === undefined || read === undefined) return undefined
    changed.set(image, read.changed)
    const profile = importProfile(read.text)
    if (typeof profile !== 'string' && profile.image === image) {
      if (profile.learning.done) settled.add(profile)
      return profile
    }
    onFault(`${join(folder, name)}: ${typeof profile === 'string' ? profile : 'of another image'}`)
    return undefined
  }
  const profiler = createProfiler({ maxImages, calls: false, learn, load })
  const save = (profile: Profile): boolean => {
    const name = imageFile(profile.image)
    if (name === undefined) return false
    const file = join(folder, name)
    try {
      writeWhole(file, exportProfile(profile))
      changed.set(profile.image, statSync(file).mtimeMs)
      return true
    } catch (error) {
      onFault(`${file}: ${error instanceof Error ? error.message : error}`)
      return false
    }
  }
  /** What `jenner profile` wrote meanwhile goes before what is in memory. */
  const refresh = (profile: Profile): boolean => {
    const name = imageFile(profile.image)
    const time = name === undefined ? undefined : timeOf(join(folder, name))
    if (name === undefined || time === changed.get(profile.image)) return false
    if (time === undefined) {
      profiler.relearn(profile.image, false)
      changed.delete(profile.image)
      return false
    }
    const read = readWhole(join(folder, name), maxText)
    changed.set(profile.image, time)
    const problem = read === undefined ? 'unreadable' : profiler.import(read.text)
    if (problem !== undefined) onFault(`${join(folder, name)}: ${problem}`)
    return true
  }
  const keep = (profile: Profile): void => {
    if (refresh(profile) || settled.has(profile) || !save(profile)) return
    if (profile.learning.done) settled.add(profile)
  }
  let saved = Date.now()
  let queue: Profile[] = []
  let overflow = 0
  return {
    take(event) {
      const deviation = profiler.take(event)
      if (deviation === undefined) return undefined
      const { score, rank } = deviation
      return { ...event, type: 'jenner.deviation', args: { score, rank, reason: explain(deviation, language) } }
    },
    tick(now) {
      const next = queue.pop()
      if (next) keep(next)
      else if (now - saved >= every || now < saved) {
        saved = now
        queue = [...profiler.profiles.values()]
        if (profiler.overflow > 0 && overflow === 0) onFault(`more than ${maxImages} images`)
        overflow = profiler.overflow
      }
    },
    close: () => [...profiler.profiles.values()].forEach(keep),
  }
}

function timeOf(file: string): number | undefined {
  try {
    return statSync(file).mtimeMs
  } catch {
    return undefined
  }
}

/** The files of profiles in a folder; none where there is no folder. */
export function profileFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => /^[0-9a-f]{16,128}\.json$/.test(name))
      .sort()
      .map(name => join(folder, name))
  } catch {
    return []
  }
}

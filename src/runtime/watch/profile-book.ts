import { join } from 'node:path'
import { own, parseJsonObject } from '../../base/json.ts'
import { exportProfile, importProfile } from '../profile/json.ts'
import { facetNames } from '../profile/observations.ts'
import { createProfile, type Profile } from '../profile/profile.ts'
import { type DriftList, exportDriftList, importDriftList } from './drift/list.ts'
import { imageFile, readWhole, writeWhole } from './files.ts'
import { stateFolders } from './options.ts'
import { profileFiles } from './profiles.ts'

/** What is kept of an image: its profile, and what may run beside it. */
export interface BookEntry {
  image: string
  name: string
  profile?: Profile
  drift?: DriftList
}

export interface Book {
  entries: BookEntry[]
  /** Files that cannot be read, and why. */
  problems: string[]
}

const maxText = 64 << 20

/** Reads all that a watch keeps in a state folder, by name. A running watch writes there about once a minute. */
export function readBook(state: string): Book {
  const entries = new Map<string, BookEntry>()
  const problems: string[] = []
  const entryOf = (image: string, name: string): BookEntry => {
    const entry = entries.get(image) ?? { image, name }
    if (entry.name === '') entry.name = name
    entries.set(image, entry)
    return entry
  }
  for (const file of profileFiles(join(state, stateFolders.profiles))) {
    const profile = importProfile(readWhole(file, maxText)?.text ?? '')
    if (typeof profile === 'string') problems.push(`${file}: ${profile}`)
    else entryOf(profile.image, profile.name ?? '').profile = profile
  }
  for (const file of profileFiles(join(state, stateFolders.drift))) {
    const drift = importDriftList(readWhole(file, maxText)?.text ?? '')
    if (typeof drift === 'string') problems.push(`${file}: ${drift}`)
    else entryOf(drift.image, drift.name).drift = drift
  }
  return { entries: [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), problems }
}

/** Those that a user means by a digest, the start of one, a name with tag or a repository. */
export function findEntries(entries: readonly BookEntry[], asked: string): BookEntry[] {
  const digest = asked.replace(/^sha256:/, '')
  const exact = entries.filter(({ image, name }) => image === asked || image === `sha256:${digest}` || name === asked)
  if (exact.length > 0) return exact
  const starts = /^[0-9a-f]{6,64}$/.test(digest)
  return entries.filter(
    ({ image, name }) => (starts && image.startsWith(`sha256:${digest}`)) || name.replace(/:[^:/]*$/, '') === asked,
  )
}

/** An entry as one JSON text: the profile with the list as `drift` in it, or the list alone. */
export function exportEntry({ profile, drift }: BookEntry): string {
  if (profile === undefined) return drift === undefined ? '' : exportDriftList(drift)
  const text = exportProfile(profile)
  if (drift === undefined) return text
  return `${JSON.stringify({ ...(JSON.parse(text) as object), drift: JSON.parse(exportDriftList(drift)) })}\n`
}

/** Reads what `exportEntry` wrote; the text may be anyone's. A string says what is wrong. */
export function importEntry(text: string): BookEntry | string {
  let value: Record<string, unknown>
  try {
    value = parseJsonObject(text)
  } catch {
    return 'not a JSON object'
  }
  const hasProfile = own(value, 'facets') !== undefined
  const profile = hasProfile ? importProfile(text) : undefined
  if (typeof profile === 'string') return profile
  const inner = hasProfile ? own(value, 'drift') : value
  const drift = inner === undefined ? undefined : importDriftList(JSON.stringify(inner))
  if (typeof drift === 'string') return drift
  const image = profile?.image ?? drift?.image ?? ''
  if (imageFile(image) === undefined) return 'its image is no digest'
  if (profile && drift && profile.image !== drift.image) return 'profile and list are of different images'
  return { image, name: profile?.name ?? drift?.name ?? '', ...(profile && { profile }), ...(drift && { drift }) }
}

/** Puts an entry into the state folder; a running watch takes it over within about a minute. Throws what writing throws. */
export function saveEntry(state: string, { image, profile, drift }: BookEntry): void {
  const name = imageFile(image)
  if (name === undefined) return
  if (profile) writeWhole(join(state, stateFolders.profiles, name), exportProfile(profile))
  if (drift) writeWhole(join(state, stateFolders.drift, name), exportDriftList(drift))
}

/** A profile that learns again, from nothing or from what it knows. Pure. */
export function relearned(profile: Profile, keep: boolean): Profile {
  const fresh = createProfile(profile.image, 0n)
  if (keep) return { ...profile, learning: fresh.learning }
  return profile.name === undefined ? fresh : { ...fresh, name: profile.name }
}

/** How many things of each kind a profile knows. */
export function countsOf({ facets }: Profile): Record<string, number> {
  return Object.fromEntries(facetNames.map(name => [name, facets[name].entries.size]))
}

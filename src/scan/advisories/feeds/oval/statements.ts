import type { AdvisoryRecord, Status } from '../../../../base/model/advisory.ts'
import { descendants, type XmlNode } from '../../input/xml.ts'

/** What a definition says of a package in the words of its criteria, where no rpminfo test says it. */
export interface Said extends Pick<AdvisoryRecord, 'status' | 'intervals'> {
  name: string
  note?: string
}

const comments = (criteria: XmlNode[]): string[] =>
  criteria.flatMap(one => [...descendants(one, 'criterion')]).map(node => node.attributes.get('comment') ?? '')

const fix = (version: string): Pick<Said, 'status' | 'intervals'> =>
  version === '0' ? { status: 'not_affected', intervals: [{}] } : { status: 'fixed', intervals: [{ fixed: version }] }

/** Debian: `php7.4 DPKG is earlier than 7.4.30-1+deb11u1`, of the source package; `0`: never affected. */
export function debianStatements(criteria: XmlNode[]): Said[] {
  return comments(criteria).flatMap(comment => {
    const [, name, version] = /^(\S{1,200}) DPKG is earlier than (\S{1,200})$/.exec(comment) ?? []
    return name && version ? [{ name, ...fix(version) }] : []
  })
}

/** Ubuntu's CVE definitions: `openssh package in jammy was vulnerable but has been fixed (note: '1:8.9p1-3ubuntu0.5').`, `… is affected and needs fixing.`, of the source package. */
export function ubuntuStatements(criteria: XmlNode[]): Said[] {
  return comments(criteria).flatMap((comment): Said[] => {
    const [, name, rest = ''] =
      /^(?:\([^)]{0,200}\) )?(\S{1,200}) package in [\w./-]{1,60},? (.{1,500})$/.exec(comment) ?? []
    if (!name) return []
    const note = /\(note: '([^']{1,200})'\)/.exec(rest)?.[1]
    if (/has been fixed/.test(rest) && note) return [{ name, ...fix(note) }]
    const status = ubuntuWords.find(([words]) => words.test(rest))?.[1]
    return status ? [{ name, status, intervals: [{}], ...(note && { note }) }] : []
  })
}

const ubuntuWords: [words: RegExp, status: Status][] = [
  [/not affected|not vulnerable/, 'not_affected'],
  [/defer/, 'fix_deferred'],
  [/decision has been made to ignore/, 'will_not_fix'],
  [/is not known|may need fixing/, 'under_investigation'],
  [/affected/, 'affected'],
]

/** Red Hat's `com.redhat.unaffected` and unpatched `com.redhat.cve` definitions: `tar is installed`, with the state of each component under `resolution`. */
export function redHatStatements(definition: XmlNode, metadata: XmlNode, criteria: XmlNode[]): Said[] {
  const names = comments(criteria).flatMap(comment => /^(\S{1,200}) is installed$/.exec(comment)?.[1] ?? [])
  const unaffected = (definition.attributes.get('id') ?? '').startsWith('oval:com.redhat.unaffected:')
  const states = new Map<string, string>()
  for (const resolution of descendants(metadata, 'resolution'))
    for (const component of descendants(resolution, 'component'))
      states.set(component.text.trim().replace(/^.*\//, ''), resolution.attributes.get('state') ?? '')
  const only = states.size === 1 ? [...states.values()][0] : undefined
  return [...new Set(names)].map((name): Said => {
    if (unaffected) return { name, status: 'not_affected', intervals: [{}] }
    const state = states.get(name) ?? only ?? ''
    const status = redHatStates.get(state.toLowerCase()) ?? 'affected'
    return { name, status, intervals: [{}], ...(state && { note: state }) }
  })
}

const redHatStates = new Map<string, Status>([
  ['will not fix', 'will_not_fix'],
  ['fix deferred', 'fix_deferred'],
  ['under investigation', 'under_investigation'],
  ['out of support scope', 'end_of_life'],
  ['not affected', 'not_affected'],
])

import type { Advisories } from '../../../base/model/advisory.ts'
import type { Package } from '../../../base/model/package.ts'

/** Domains under which everybody publishes: two parts in common say nothing there. */
const shared = new Set([
  'com.github',
  'com.gitlab',
  'com.google',
  'com.googlecode',
  'com.sun',
  'io.github',
  'io.gitlab',
  'net.java',
  'net.sf',
  'net.sourceforge',
  'org.apache',
  'org.codehaus',
  'org.eclipse',
  'org.jboss',
  'org.sonatype',
])

/**
 * The groups under which advisories speak of a Java archive that states none (built by Gradle, Ant or sbt): those that are known for an artifact of its name and begin with the
 * domain that its classes are in. Both must fit, as names like `core` are anybody's; of several the ones that fit best, which are one project under its old and its
 * new name. `[]` for every other package.
 */
export function archiveGroups({ type, name, extra }: Package, advisories: Advisories): string[] {
  if (type !== 'maven' || name.includes(':') || extra?.classRoots === undefined) return []
  const roots = extra.classRoots.split(' ').map(root => root.split('.'))
  const fits = advisories.groups(name).map(group => ({ group, fit: fitOf(group, name, roots) }))
  const best = Math.max(0, ...fits.map(({ fit }) => fit))
  return best === 0 ? [] : fits.filter(({ fit }) => fit === best).map(({ group }) => group)
}

/** How many parts of the group begin the packages; 0 where that is too little to tell. */
function fitOf(group: string, artifact: string, roots: string[][]): number {
  const parts = group.toLowerCase().replaceAll('-', '').split('.')
  const common = Math.max(...roots.map(root => commonParts(parts, root)))
  if (common < 2) return 0
  // `org.apache.tomcat:tomcat-juli`, whose classes are in org.apache.juli: the artifact is named after its group.
  const named = artifact
    .toLowerCase()
    .replaceAll('-', '')
    .startsWith(parts.at(-1) as string)
  return common > 2 || named || !shared.has(parts.slice(0, 2).join('.')) ? common : 0
}

function commonParts(group: string[], root: string[]): number {
  const at = group.findIndex((part, index) => root[index]?.toLowerCase().replaceAll('_', '') !== part)
  return at < 0 ? group.length : at
}

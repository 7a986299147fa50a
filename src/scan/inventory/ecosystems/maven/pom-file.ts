import { JennerError } from '../../../../base/errors.ts'
import { activeProfiles } from './profiles.ts'
import { child, children, childText, type Element, parseXml } from './xml.ts'

/** A dependency as a POM writes it: `''` for what it leaves out, `${…}` not yet filled in. */
export interface Dependency {
  group: string
  artifact: string
  version: string
  /** `TYPE:CLASSIFIER`, which make it another file of the same artifact; `''` for the plain jar. */
  kind: string
  scope: string
  optional: boolean
  lines: { start: number; end: number }
}

/** What Jenner needs of one pom.xml, as it stands there. Plain JSON. */
export interface Pom {
  group: string
  artifact: string
  version: string
  parent?: { group: string; artifact: string; version: string; relativePath: string }
  properties: [name: string, value: string][]
  managed: Dependency[]
  dependencies: Dependency[]
  licenses: string[]
}

const maxDependencies = 20_000

/** Reads a pom.xml after the POM Reference (model 4.0.0). Plugins, and profiles that nothing switches on, say nothing of what the product contains. */
export function parsePom(bytes: Uint8Array): Pom {
  const project = parseXml(bytes)
  if (project.name !== 'project') throw new JennerError('malformed', `root element ${project.name}`)
  const parent = child(project, 'parent')
  // A profile's words go before the POM's own: the nearest of what says the same counts.
  const parts = [...activeProfiles(project).toReversed(), project]
  return {
    group: childText(project, 'groupId'),
    artifact: childText(project, 'artifactId'),
    version: childText(project, 'version'),
    ...(parent === undefined ? {} : { parent: parentOf(parent) }),
    properties: parts.toReversed().flatMap(propertiesOf),
    managed: parts.flatMap(part => dependenciesOf(child(part, 'dependencyManagement'))),
    dependencies: parts.flatMap(dependenciesOf),
    licenses: children(child(project, 'licenses'), 'license')
      .map(item => childText(item, 'name'))
      .filter(name => name !== ''),
  }
}

/** `relativePath` is `../pom.xml` unless stated; stated empty, the parent is to come from a repository. */
function parentOf(parent: Element): NonNullable<Pom['parent']> {
  const stated = child(parent, 'relativePath')
  return {
    group: childText(parent, 'groupId'),
    artifact: childText(parent, 'artifactId'),
    version: childText(parent, 'version'),
    relativePath: stated === undefined ? '../pom.xml' : stated.text.trim(),
  }
}

function propertiesOf(part: Element): Pom['properties'] {
  return (child(part, 'properties')?.children ?? []).map(item => [item.name, item.text.trim()])
}

/** Of dependencies that are stated twice in one list Maven takes the last one: it stays, in the first one's place. */
function dependenciesOf(owner: Element | undefined): Dependency[] {
  const list = children(child(owner, 'dependencies'), 'dependency')
  if (list.length > maxDependencies) throw new JennerError('limit_exceeded', `${list.length} dependencies`)
  const stated = list.map(item => ({
    group: childText(item, 'groupId'),
    artifact: childText(item, 'artifactId'),
    version: childText(item, 'version'),
    kind: kindOf(childText(item, 'type'), childText(item, 'classifier')),
    scope: childText(item, 'scope'),
    optional: childText(item, 'optional') === 'true',
    lines: item.lines,
  }))
  const last = new Map(stated.map(item => [`${item.group}:${item.artifact}:${item.kind}`, item]))
  return [...last.values()]
}

/** Types that stand for a classifier are written either way (Maven's default artifact handlers). */
function kindOf(type: string, classifier: string): string {
  if (type === 'test-jar') return `jar:${classifier || 'tests'}`
  if (type === '' || type === 'jar' || type === 'bundle' || type === 'maven-plugin' || type === 'ejb')
    return classifier === '' ? '' : `jar:${classifier}`
  return `${type}:${classifier}`
}

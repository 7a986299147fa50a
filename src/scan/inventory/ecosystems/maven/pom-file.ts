import { JennerError } from '../../../../base/errors.ts'
import { child, children, childText, type Element, parseXml } from './xml.ts'

/** A dependency as a POM writes it: `''` for what it leaves out, `${…}` not yet filled in. */
export interface Dependency {
  group: string
  artifact: string
  version: string
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

/** Reads a pom.xml after the POM Reference (model 4.0.0). Profiles and plugins say nothing of what the product contains. */
export function parsePom(bytes: Uint8Array): Pom {
  const project = parseXml(bytes)
  if (project.name !== 'project') throw new JennerError('malformed', `root element ${project.name}`)
  const parent = child(project, 'parent')
  return {
    group: childText(project, 'groupId'),
    artifact: childText(project, 'artifactId'),
    version: childText(project, 'version'),
    ...(parent === undefined ? {} : { parent: parentOf(parent) }),
    properties: (child(project, 'properties')?.children ?? []).map(item => [item.name, item.text.trim()]),
    managed: dependenciesOf(child(project, 'dependencyManagement')),
    dependencies: dependenciesOf(project),
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

function dependenciesOf(owner: Element | undefined): Dependency[] {
  const list = children(child(owner, 'dependencies'), 'dependency')
  if (list.length > maxDependencies) throw new JennerError('limit_exceeded', `${list.length} dependencies`)
  return list.map(item => ({
    group: childText(item, 'groupId'),
    artifact: childText(item, 'artifactId'),
    version: childText(item, 'version'),
    scope: childText(item, 'scope'),
    optional: childText(item, 'optional') === 'true',
    lines: item.lines,
  }))
}

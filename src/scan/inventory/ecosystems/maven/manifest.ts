import type { Coordinates } from './coordinates.ts'
import { groupOfArtifact } from './known-groups.ts'

const maxLines = 100_000

/**
 * Main attributes of META-INF/MANIFEST.MF (JAR File Specification, "Name-Value pairs and Sections"): `Name: value` up to the first empty line; a line
 * that begins with a blank continues the one before. Names are kept in lower case.
 */
export function parseManifest(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  let last = ''
  for (const line of text.split(/\r\n|\n|\r/, maxLines)) {
    if (line === '') {
      if (attributes.size > 0) break
      continue
    }
    if (line.startsWith(' ')) {
      attributes.set(last, (attributes.get(last) ?? '') + line.slice(1))
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1) continue
    last = line.slice(0, colon).trim().toLowerCase()
    attributes.set(last, line.slice(colon + 1).trim())
  }
  return attributes
}

/**
 * What a manifest and the file's name tell together. The name says what the file was published as, so its artifact wins; its version too, unless there is
 * none in it. The group comes from the artifact's own name where that is well known, else from the manifest where it states one that reads like a group.
 */
export function coordinatesOfManifest(attributes: Map<string, string>, file: Coordinates): Coordinates {
  const stated = pluginCoordinates(attributes) ?? tomcatCoordinates(attributes, file)
  if (stated !== undefined) return stated
  const project = nebulaCoordinates(attributes)
  const symbolic = (attributes.get('bundle-symbolicname') ?? '').split(';')[0]!.trim()
  if (project !== undefined) return file.version === '' ? project : { ...file, group: project.group }
  const named = file.version !== '' || !isPlainName(attributes.get('implementation-title'))
  const artifact = named ? file.artifact : attributes.get('implementation-title')!
  const version = file.version || versionOfManifest(attributes)
  const vendor = attributes.get('implementation-vendor-id') ?? ''
  const group =
    groupOfArtifact(artifact, version) ||
    // Of all that this foundation makes hardly anything is published under its name alone.
    (isGroup(vendor) && vendor !== 'org.apache' ? vendor : groupOfBundle(symbolic, artifact))
  return { group, artifact, version }
}

/**
 * Tomcat's own folder has its jars under other names than those they are published under (`catalina.jar`): their bundles are named `org.apache.tomcat-catalina`,
 * `org.apache.tomcat-embed-core`.
 */
function tomcatCoordinates(attributes: Map<string, string>, file: Coordinates): Coordinates | undefined {
  const [, artifact] = /^org\.apache\.(tomcat-[\w-]+)/.exec(attributes.get('bundle-symbolicname') ?? '') ?? []
  if (!artifact) return undefined
  const group = artifact.startsWith('tomcat-embed-') ? 'org.apache.tomcat.embed' : 'org.apache.tomcat'
  return { group, artifact, version: file.version || versionOfManifest(attributes) }
}

/** Plugins of Jenkins and the archives of NiFi (`Nar-Group`, `Nar-Id`, `Nar-Version`) state their own coordinates. */
function pluginCoordinates(attributes: Map<string, string>): Coordinates | undefined {
  const [group, id, own] = ['nar-group', 'nar-id', 'nar-version'].map(name => attributes.get(name) ?? '')
  if (group && id && own) return { group, artifact: id, version: own }
  const artifact = attributes.get('short-name') ?? attributes.get('extension-name') ?? ''
  const version = (attributes.get('plugin-version') ?? '').split(' ')[0]!
  if (artifact === '' || version === '') return undefined
  return { group: attributes.get('group-id') ?? '', artifact, version }
}

/**
 * Netflix' Nebula plugins for Gradle write all three into one attribute: `Implementation-Title: com.netflix.eureka#eureka-client;1.10.17`. The name is the project's, which may
 * be published under another (`org.elasticsearch.client#rest` as elasticsearch-rest-client).
 */
function nebulaCoordinates(attributes: Map<string, string>): Coordinates | undefined {
  const [, group, artifact, version] =
    /^([\w-]+(?:\.[\w-]+)*)#([\w.-]+);([\w.+-]+)$/.exec(attributes.get('implementation-title') ?? '') ?? []
  return group && artifact && version ? { group, artifact, version } : undefined
}

/**
 * The implementation's version, `''` when none is stated. A specification's is another thing, but comes with the implementation's number in most archives that
 * state no other: it is better than none.
 */
export function versionOfManifest(attributes: Map<string, string>): string {
  const stated = ['implementation-version', 'bundle-version', 'specification-version'].map(name => attributes.get(name))
  return stated.map(value => (value ?? '').split(' ')[0]!).find(value => /^v?\d+(?:\.|$)/.test(value)) ?? ''
}

const isPlainName = (text = '') => /^[A-Za-z][\w.-]*$/.test(text)
const isGroup = (text: string) => /^[a-z][\w-]*(?:\.[\w-]+)+$/i.test(text)

/**
 * The group in a bundle's symbolic name, as Felix's maven-bundle-plugin derives one from the other: `group.artifact`, or, where the artifact begins with
 * the group's last part, `group.rest` (org.apache.commons + commons-lang3 → org.apache.commons.lang3), or the group alone where it ends in the artifact.
 */
function groupOfBundle(symbolic: string, artifact: string): string {
  if (!isGroup(symbolic)) return ''
  if (symbolic.endsWith(`.${artifact}`)) {
    const before = symbolic.slice(0, -artifact.length - 1)
    return before.includes('.') ? before : symbolic
  }
  const parts = symbolic.split('.')
  for (let length = parts.length - 1; length >= 2; length--) {
    const rest = parts.slice(length).join('.')
    if (artifact.replaceAll('-', '.') === `${parts[length - 1]}.${rest.replaceAll('-', '.')}`)
      return parts.slice(0, length).join('.')
  }
  return ''
}

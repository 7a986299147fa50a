import { child, children, childText, type Element } from './xml.ts'

/**
 * The profiles of a POM that hold for a build to which nothing is told (Maven's "Introduction to Build Profiles"): those that a missing property switches
 * on (`!name`, or a value `!x`); where there is none of these, those that are active by default. What depends on the machine (Java's version, the system,
 * a file) is not known here: such a profile does not hold.
 */
export function activeProfiles(project: Element): Element[] {
  const profiles = children(child(project, 'profiles'), 'profile')
  const switched = profiles.filter(profile => isSwitchedOn(child(profile, 'activation')))
  if (switched.length > 0) return switched
  return profiles.filter(profile => childText(child(profile, 'activation'), 'activeByDefault') === 'true')
}

function isSwitchedOn(activation: Element | undefined): boolean {
  const property = child(activation, 'property')
  if (property === undefined || ['jdk', 'os', 'file'].some(name => child(activation, name))) return false
  return childText(property, 'name').startsWith('!') || childText(property, 'value').startsWith('!')
}

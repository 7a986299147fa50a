import { JennerError } from '../../../base/errors.ts'
import { isObject } from '../../../base/json.ts'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import { parseYamlObject } from '../../../base/yaml.ts'
import { compileGlob } from '../../rules/condition/glob.ts'

/** What becomes of a program that is not of the image: noted, alerted, killed before its first instruction. */
export type DriftMode = 'observe' | 'alert' | 'block'
export const driftModes: readonly DriftMode[] = ['observe', 'alert', 'block']

/** One rule of the policy: the first that is for a container counts. Patterns as in a shell. */
export interface DriftRule {
  names?: string[]
  /** With tag, or the repository alone. */
  images?: string[]
  policy?: DriftMode
  /** Volumes and bind mounts by where the container sees them. */
  mounts: { path: string; policy: DriftMode }[]
}

/** Plain data: handed to another thread as it is. */
export interface DriftPolicy {
  default: DriftMode
  containers: DriftRule[]
}

/** What holds for one container. `mounts`: source on the host and policy. */
export interface DriftDecision {
  mode: DriftMode
  mounts: { source: string; path: string; policy: DriftMode }[]
}

const maxRules = 1000
const maxText = 1 << 20

/**
 * Reads a drift policy:
 *
 *     default: alert
 *     containers:
 *       - names: ['shop-*']
 *         images: ['registry.example/*']
 *         policy: block
 *         mounts:
 *           - { path: /data, policy: block }
 *
 * Throws JennerError bad_argument naming what is wrong: a policy that is not understood protects nobody.
 */
export function parseDriftPolicy(text: string, file: string): DriftPolicy {
  const fault = (what: string): never => {
    throw new JennerError('bad_argument', `${file}: ${what}`)
  }
  if (text.length > maxText) fault('more than 1 MiB')
  const root = text.trim() === '' ? {} : parseYamlObject(text)
  if (root === undefined) return fault('a mapping is expected')
  checkKeys(root, ['default', 'containers'], fault)
  const list = root['containers'] ?? []
  if (!Array.isArray(list) || list.length > maxRules) return fault(`containers: a list of at most ${maxRules}`)
  return {
    default: modeOf(root['default'] ?? 'alert', 'default', fault),
    containers: list.map((item, index) => ruleOf(item, `containers[${index}]`, fault)),
  }
}

type Fault = (what: string) => never

function ruleOf(item: unknown, at: string, fault: Fault): DriftRule {
  if (!isObject(item)) return fault(`${at}: a mapping is expected`)
  checkKeys(item, ['names', 'images', 'policy', 'mounts'], what => fault(`${at}: ${what}`))
  const { names, images, policy, mounts = [] } = item
  if (names === undefined && images === undefined) fault(`${at}: names or images is missing`)
  if (policy === undefined && mounts === undefined) fault(`${at}: policy is missing`)
  if (!Array.isArray(mounts) || mounts.length > maxRules) return fault(`${at}.mounts: a list is expected`)
  return {
    ...(names !== undefined && { names: textsOf(names, `${at}.names`, fault) }),
    ...(images !== undefined && { images: textsOf(images, `${at}.images`, fault) }),
    ...(policy !== undefined && { policy: modeOf(policy, `${at}.policy`, fault) }),
    mounts: mounts.map((mount, index) => mountOf(mount, `${at}.mounts[${index}]`, fault)),
  }
}

function mountOf(mount: unknown, at: string, fault: Fault): DriftRule['mounts'][number] {
  if (!isObject(mount) || typeof mount['path'] !== 'string' || !mount['path'].startsWith('/'))
    return fault(`${at}: path, as the container sees it, is missing`)
  checkKeys(mount, ['path', 'policy'], what => fault(`${at}: ${what}`))
  return { path: mount['path'], policy: modeOf(mount['policy'], `${at}.policy`, fault) }
}

function checkKeys(value: Record<string, unknown>, known: string[], fault: Fault): void {
  for (const key of Object.keys(value)) if (!known.includes(key)) fault(`unknown key ${key} (${known.join(', ')})`)
}

function textsOf(value: unknown, at: string, fault: Fault): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0 || list.length > maxRules) fault(`${at}: a list is expected`)
  return list.map(item => (typeof item === 'string' && item !== '' ? item : fault(`${at}: a text is expected`)))
}

function modeOf(value: unknown, at: string, fault: Fault): DriftMode {
  return driftModes.find(mode => mode === value) ?? fault(`${at}: ${driftModes.join(', ')}`)
}

/** What holds for a container. Pure. */
export function decideDrift(
  policy: DriftPolicy,
  container: Pick<ContainerInfo, 'name' | 'image' | 'imageRepository' | 'mounts'>,
): DriftDecision {
  const rule = policy.containers.find(each => isFor(each, container))
  const mounts = (rule?.mounts ?? []).flatMap(({ path, policy: own }) => {
    const accepts = compileGlob(path)
    return container.mounts
      .filter(({ destination, source }) => accepts(destination) && source !== '')
      .map(({ source, destination }) => ({ source, path: destination, policy: own }))
  })
  return { mode: rule?.policy ?? policy.default, mounts }
}

function isFor(
  { names, images }: DriftRule,
  { name, image, imageRepository }: Pick<ContainerInfo, 'name' | 'image' | 'imageRepository'>,
): boolean {
  if (names !== undefined && !names.some(pattern => compileGlob(pattern)(name))) return false
  if (images === undefined) return true
  return images.some(pattern => compileGlob(pattern)(image) || compileGlob(pattern)(imageRepository))
}

import { readFileSync } from 'node:fs'
import type { ContainerInfo } from '../../base/model/runtime.ts'
import { containerIdOfProcCgroup } from '../containers/cgroup-path.ts'

/** Containers that no action touches. `*` in a pattern stands for any characters; a label is `key=value`, or `key` for any value. */
export interface Protected {
  names: string[]
  images: string[]
  labels: string[]
}

/** What is protected whatever the policy says. */
const always: Protected = { names: [], images: [], labels: ['jenner.protect=true'] }

/** Why a container is protected; undefined when it is not. `ownId`: the container that Jenner itself runs in. */
export function protection(
  target: ContainerInfo,
  policy: Partial<Protected> = {},
  ownId = ownContainer(),
): string | undefined {
  if (ownId !== undefined && target.id === ownId) return 'Jenner itself runs in it'
  if (target.pod?.namespace === 'kube-system') return 'namespace kube-system'
  const label =
    always.labels.find(pattern => hasLabel(givenLabels(target), pattern)) ??
    policy.labels?.find(pattern => hasLabel(target.labels, pattern))
  if (label !== undefined) return `label ${label}`
  const name = policy.names?.find(pattern => matchesPattern(target.name, pattern))
  if (name !== undefined) return `name ${name}`
  const image = policy.images?.find(
    pattern => matchesPattern(target.image, pattern) || matchesPattern(target.imageRepository, pattern),
  )
  return image === undefined ? undefined : `image ${image}`
}

/** Whether `pattern`, in which `*` stands for any characters, is all of `text`. Linear in the product of both, without backtracking. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return text === pattern
  const tail = rest.pop()!
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false
  let at = head.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - tail.length
}

/** An image must not protect itself: what counts is what the container was started with. */
function givenLabels({ labels, imageLabels = [] }: ContainerInfo): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !imageLabels.includes(key)))
}

function hasLabel(labels: Record<string, string>, pattern: string): boolean {
  const equals = pattern.indexOf('=')
  const key = equals < 0 ? pattern : pattern.slice(0, equals)
  if (!Object.hasOwn(labels, key)) return false
  return equals < 0 || matchesPattern(labels[key]!, pattern.slice(equals + 1))
}

/** The container this process runs in: by its cgroup, or, where the cgroup namespace hides it, by the files Docker mounts. */
function ownContainer(): string | undefined {
  try {
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    const mounted = /\/containers\/([0-9a-f]{64})\/hostname \/etc\/hostname /.exec(mounts)?.[1]
    return mounted ?? containerIdOfProcCgroup(readFileSync('/proc/self/cgroup', 'utf8'))
  } catch {
    return undefined
  }
}

import { statfsSync, statSync } from 'node:fs'

/** Whose cgroup tells a container (enum controller of bpf/record.h): the pids or memory controller where it is of version 1, else the unified hierarchy. */
export function controllerOf(own: string): number {
  if (/^\d+:(?:[^:]*,)?pids(?:,[^:]*)?:/m.test(own)) return 1
  return /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:/m.test(own) ? 2 : 0
}

const mountPoints = [['/sys/fs/cgroup', '/sys/fs/cgroup/unified'], ['/sys/fs/cgroup/pids'], ['/sys/fs/cgroup/memory']]

/** The kernfs id of the root of a controller's hierarchy as this process sees it: inside of a container it is the container's own cgroup. 0 where there is none. */
export function rootOf(controller: number, stat: (path: string) => bigint | undefined = inodeOf): bigint {
  for (const place of mountPoints[controller] ?? []) {
    const inode = stat(place)
    if (inode !== undefined) return inode
  }
  return 0n
}

function inodeOf(path: string): bigint | undefined {
  try {
    // A tmpfs that the version 1 hierarchies are mounted on is no root of any.
    return statfsSync(path).type === tmpfs ? undefined : statSync(path, { bigint: true }).ino
  } catch {
    return undefined
  }
}

const tmpfs = 0x01021994

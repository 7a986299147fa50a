import { statSync } from 'node:fs'
import { JennerError } from '../../base/errors.ts'
import { containerPolicy, group, listedKey, mountKey, seenKey } from './layout.ts'
import type { Native } from './libbpf.ts'

export type Policy = 'observe' | 'alert' | 'block'
export const policyNumbers: Record<Policy, number> = { observe: 0, alert: 1, block: 2 }

/** A file as the kernel knows it: `exeInode` of a process and `exe_device` of its exec's arguments. */
export interface FileId {
  inode: bigint
  device: number
}

/** What is not reported of a container; it is counted as filtered. */
export interface Switches {
  file?: boolean
  net?: boolean
  critical?: boolean
}

/** A volume, bind mount or tmpfs of a container, by the file or folder of the host that it shows (`fileIdOf`), with a policy that goes before the container's. */
export interface MountPolicy extends FileId {
  policy: Policy
}

/** What may run in which container. `cgroups`: those of the container that are known. */
export interface Policies {
  /**
   * Replaces all that was set for the container. Only under `block` the policies of mounts count: `block` there makes a volume's files foreign, others let them run; and only there
   * `paths` do, foreign files that may run by where the container sees them, `/a/b` or all that begin with `/a/b` as `/a/b*`, files of memory alone by their name, `memfd:a`. Throws JennerError bad_argument for a path
   * that cannot be listed.
   */
  setPolicy(
    containerId: string,
    cgroups: readonly bigint[],
    policy: Policy,
    switches: Switches,
    mounts?: readonly MountPolicy[],
    paths?: readonly string[],
  ): void
  /** These files run in these cgroups under `block` too. */
  allow(cgroups: readonly bigint[], files: readonly FileId[]): void
  /** A cgroup that the kernel side has just met: what was set while it did so holds there too. */
  met(containerId: string, cgroup: bigint): void
  /** The container is gone, or has no policy of its own any more once it starts again. */
  forgetPolicy(containerId: string): void
  /** Container of a cgroup the kernel side has met; '' for none. */
  containerOf(cgroup: bigint): string
}

/** `purpose` of bpf/record.h for what may run. */
const allowedPurpose = 5
const ownMounts = 8
const ownPaths = 16

/** The policies as the programs' maps keep them. */
export function createPolicies(native: Native, fdOf: (map: string) => number): Policies {
  const [groups, policies, allowed, mountMap] = ['groups', 'policies', 'allowed', 'mounts'].map(fdOf) as [
    number,
    number,
    number,
    number,
  ]
  const pathLists = createPathLists(native, fdOf('paths'))
  const mountKeys = new Map<string, Buffer[]>()
  const set = new Map<string, { policy: number; bits: number }>()
  const forgetMounts = (id: string): void => {
    for (const key of mountKeys.get(id) ?? []) native.remove(mountMap, key)
    mountKeys.delete(id)
  }
  const setMounts = (id: string, mounts: readonly MountPolicy[]): void => {
    forgetMounts(id)
    if (mounts.length === 0) return
    mountKeys.set(
      id,
      mounts.map(mount => mountKeyOf(id, mount)),
    )
    for (const [index, key] of mountKeys.get(id)!.entries())
      if (native.update(mountMap, key, number32(policyNumbers[mounts[index]!.policy])) !== 0)
        throw new JennerError('limit_exceeded', 'policies of mounts')
  }
  return {
    containerOf: cgroup =>
      groupOf(native, groups, cgroup)?.toString('latin1', group.container, 64).replace(/\0+$/, '') ?? '',
    allow: (cgroups, files) => allow(native, allowed, cgroups, files),
    met(id, cgroup) {
      const own = set.get(id)
      if (own) changeGroup(native, groups, cgroup, own.policy, own.bits)
    },
    forgetPolicy(id) {
      set.delete(id)
      forgetMounts(id)
      pathLists.set(id, [])
      native.remove(policies, containerKey(id))
    },
    setPolicy(id, cgroups, policy, switches, mounts = [], paths = []) {
      setMounts(id, mounts)
      pathLists.set(id, paths)
      const bits = bitsOf(switches) | (mounts.length > 0 ? ownMounts : 0) | (paths.length > 0 ? ownPaths : 0)
      const value = Buffer.alloc(containerPolicy.size_)
      value.writeUInt32LE(policyNumbers[policy], containerPolicy.policy)
      value.writeUInt32LE(bits, containerPolicy.switches)
      if (native.update(policies, containerKey(id), value) !== 0)
        throw new JennerError('limit_exceeded', 'policies of containers')
      set.set(id, { policy: policyNumbers[policy], bits })
      for (const cgroup of cgroups) changeGroup(native, groups, cgroup, policyNumbers[policy], bits)
    },
  }
}

interface PathLists {
  /** Replaces a container's list. */
  set(id: string, paths: readonly string[]): void
}

function createPathLists(native: Native, fd: number): PathLists {
  const listed = new Map<string, Map<string, Buffer>>()
  return {
    set(id, paths) {
      const before = listed.get(id) ?? new Map<string, Buffer>()
      const after = new Map(paths.map(path => [path, pathKeyOf(id, path)]))
      if (after.size > 0) listed.set(id, after)
      else listed.delete(id)
      // What stays is never missing in between.
      for (const [path, key] of after)
        if (!before.has(path) && native.update(fd, key, number32(1)) !== 0)
          throw new JennerError('limit_exceeded', 'allowed paths')
      for (const [path, key] of before) if (!after.has(path)) native.remove(fd, key)
    },
  }
}

/** A path with its NUL, which no longer path begins with; a start, without the `*`, has none. */
export function pathKeyOf(id: string, path: string): Buffer {
  const text = path.endsWith('*') ? path.slice(0, -1) : path
  const bytes = Buffer.from(text === path ? `${path}\0` : text, 'utf8')
  if (!/^(?:\/|memfd:)./s.test(text) || bytes.length > listedKey.size_ - listedKey.path)
    throw new JennerError('bad_argument', path)
  const key = Buffer.alloc(listedKey.size_)
  key.writeUInt32LE(8 * (listedKey.path - listedKey.container + bytes.length), listedKey.bits)
  key.write(id.slice(0, 16), listedKey.container, 'latin1')
  bytes.copy(key, listedKey.path)
  return key
}

/** The id of a file or folder of the host, as the kernel has it. Throws what stat throws. */
export function fileIdOf(path: string): FileId {
  const { ino, dev } = statSync(path, { bigint: true })
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn)
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xfff00n)
  return { inode: ino, device: Number(((major & 0xfffn) << 20n) | minor) }
}

function bitsOf(switches: Switches): number {
  return (switches.file ? 1 : 0) | (switches.net ? 2 : 0) | (switches.critical ? 4 : 0)
}

function changeGroup(native: Native, fd: number, cgroup: bigint, policy: number, bits: number): void {
  const known = groupOf(native, fd, cgroup)
  if (!known) return
  known.writeUInt32LE(policy, group.policy)
  known.writeUInt32LE(bits, group.switches)
  native.update(fd, number64(cgroup), known)
}

function allow(native: Native, fd: number, cgroups: readonly bigint[], files: readonly FileId[]): void {
  for (const cgroup of cgroups)
    for (const { inode, device } of files) {
      const key = Buffer.alloc(seenKey.size_)
      key.writeBigUInt64LE(cgroup, seenKey.cgroup)
      key.writeBigUInt64LE(inode, seenKey.inode)
      key.writeUInt32LE(device, seenKey.device)
      key.writeUInt32LE(allowedPurpose, seenKey.purpose)
      if (native.update(fd, key, number32(1)) !== 0) throw new JennerError('limit_exceeded', 'allowed files')
    }
}

function mountKeyOf(id: string, { inode, device }: FileId): Buffer {
  const key = Buffer.alloc(mountKey.size_)
  key.write(id.slice(0, 16), mountKey.container, 'latin1')
  key.writeBigUInt64LE(inode, mountKey.inode)
  key.writeUInt32LE(device, mountKey.device)
  return key
}

function containerKey(id: string): Buffer {
  return Buffer.from(id.padEnd(64, '\0').slice(0, 64), 'latin1')
}

function groupOf(native: Native, fd: number, cgroup: bigint): Buffer | undefined {
  const value = Buffer.alloc(group.size_)
  return native.lookup(fd, number64(cgroup), value) === 0 ? value : undefined
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function number64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes
}

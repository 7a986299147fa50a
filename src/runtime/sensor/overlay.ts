/** What the kernel's type information says of a struct. */
export interface KernelStruct {
  /** Bytes. */
  size: number
  /** Offset of each named member, in bits. */
  members: Record<string, number>
}

/**
 * Whether overlayfs keeps a file's upper layer where the programs look for it: just behind the inode in `struct ovl_inode` (fs/overlayfs/ovl_entry.h).
 * That layout is private to the kernel, and all that is said of drift rests on it. `unknown`: the kernel does not tell of it (overlayfs not loaded yet).
 */
export function overlayLayout(structOf: (name: string) => KernelStruct | undefined): 'fits' | 'differs' | 'unknown' {
  const overlay = structOf('ovl_inode')
  const inode = structOf('inode')
  if (!overlay || !inode) return 'unknown'
  const { vfs_inode: own, __upperdentry: upper } = overlay.members
  if (own === undefined || upper === undefined) return 'differs'
  return upper === own + inode.size * 8 ? 'fits' : 'differs'
}

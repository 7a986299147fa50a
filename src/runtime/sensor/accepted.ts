/**
 * The sockets that came out of accept(2), by inode: on them the watched side is the server for as long as they live, whoever reads or inherits them.
 * The kernel keeps no mark of it. A socket that was accepted before the sensor started is not known.
 */
export interface AcceptedSockets {
  /** Whether the call's socket is one, by the call itself or by an earlier one. A connect takes it out again: the number has a new owner. */
  meet(inode: bigint | undefined, accepts: boolean, connects: boolean): boolean
}

const most = 65_536

export function createAcceptedSockets(): AcceptedSockets {
  const inodes = new Set<bigint>()
  return {
    meet(inode, accepts, connects) {
      if (inode === undefined) return accepts
      if (connects) inodes.delete(inode)
      if (!accepts) return inodes.has(inode)
      // Taken out first: the ones met last stay longest.
      inodes.delete(inode)
      inodes.add(inode)
      if (inodes.size > most) inodes.delete(inodes.values().next().value!)
      return true
    },
  }
}

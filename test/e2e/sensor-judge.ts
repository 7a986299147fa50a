/** What the sensor's tests load into its thread: posts a short form of each event of a container. */
import type { CreateJudge } from '../../src/runtime/sensor/judge.ts'

export interface Seen {
  type: string
  container: string
  comm: string
  argv: string[]
  exepath: string
  upper: boolean
  inode: bigint
  vpid: number
  fd: string
  /** The file of `fd`, as policies name it. */
  file?: { inode: bigint; device: number }
  args: Record<string, unknown>
}

const noisy = new Set(['fork', 'procexit', 'capable'])

export const createJudge: CreateJudge = (_options, channel) => ({
  onEvent({ type, process, fd, args }) {
    if (noisy.has(type) || fd?.name === '/tmp/flood') return
    const { containerId, comm, exe, exepath, exeUpperLayer, exeInode, vpid } = process
    const seen: Seen = {
      type,
      container: containerId,
      comm,
      argv: [exe, ...process.args],
      exepath,
      upper: exeUpperLayer,
      inode: exeInode,
      vpid,
      fd: fd?.name ?? '',
      ...(fd?.inode !== undefined && fd.device !== undefined && { file: { inode: fd.inode, device: fd.device } }),
      args,
    }
    channel.post(seen)
  },
})

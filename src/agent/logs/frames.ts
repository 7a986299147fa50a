/** A line of a container's output as Docker keeps it, with the time at which Docker read it. */
export interface LogFrameLine {
  stream: 'stdout' | 'stderr'
  /** RFC 3339 with nanoseconds; '' when the line has none. */
  time: string
  text: string
}

const headerLength = 8
const maxFrame = 1 << 20
/** A line beyond this is cut into several. */
const maxLine = 16_384

/**
 * Takes Docker's log stream apart (GET /containers/ID/logs?timestamps=1). Without a terminal it is multiplexed: `STREAM 0 0 0 SIZE4 payload`, STREAM 1 or 2, SIZE big
 * endian (Docker Engine API, "Attach to a container", stream format); with one it is the raw output. Returns what takes pieces and answers whole lines.
 */
export function createLogParser(terminal: boolean) {
  let held: Buffer = Buffer.alloc(0)
  const partial = { stdout: '', stderr: '' }

  const takeText = (stream: 'stdout' | 'stderr', text: string): LogFrameLine[] => {
    const pieces = (partial[stream] + text).split('\n')
    const rest = pieces.pop()!
    partial[stream] = rest.length > maxLine ? '' : rest
    if (rest.length > maxLine) pieces.push(rest)
    return pieces.map(piece => lineOf(stream, piece))
  }
  return (chunk: Buffer): LogFrameLine[] => {
    if (terminal) return takeText('stdout', chunk.toString('utf8'))
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const lines: LogFrameLine[] = []
    while (held.length >= headerLength) {
      const kind = held[0]
      const size = held.readUInt32BE(4)
      // Not the format that was promised: what follows cannot be told apart.
      if ((kind !== 1 && kind !== 2) || size > maxFrame) {
        held = Buffer.alloc(0)
        break
      }
      if (held.length < headerLength + size) break
      const text = held.toString('utf8', headerLength, headerLength + size)
      held = held.subarray(headerLength + size)
      lines.push(...takeText(kind === 1 ? 'stdout' : 'stderr', text))
    }
    return lines
  }
}

const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) /

function lineOf(stream: 'stdout' | 'stderr', line: string): LogFrameLine {
  const time = stamped.exec(line)?.[1] ?? ''
  const text = line.slice(time === '' ? 0 : time.length + 1).replace(/\r$/, '')
  return { stream, time, text: text.slice(0, maxLine) }
}

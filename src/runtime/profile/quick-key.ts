import type { RuntimeEvent } from '../../base/model/runtime.ts'

/**
 * A text for an event, such that events with the same text tell a profile the same (`observationsOf`): what was told already needs no second look. Made to be cheap, as it is made of
 * every event; '' where an event has to be looked at each time.
 */
export function quickKey(event: RuntimeEvent): string {
  const { type, process, fd, args } = event
  if (event.result < 0n && event.result !== -115n) return type
  switch (type) {
    case 'execve':
    case 'execveat':
      return `${type} ${process.exeUpperLayer} ${process.uid} ${process.parent?.exepath} ${process.exepath} ${process.args.join('\0')}`
    case 'open':
    case 'openat':
    case 'openat2':
      return (Number(args.flags ?? 0) & 0o1103) === 0 ? type : `open ${fd?.name}`
    case 'creat':
      return `open ${fd?.name}`
    case 'listen':
    case 'bind':
      return `${type} ${fd?.l4proto} ${fd?.localPort ?? fd?.serverPort}`
    case 'connect':
    case 'sendto':
    case 'sendmsg':
      return `${type} ${fd?.l4proto} ${fd?.remoteIp ?? fd?.serverIp} ${fd?.remotePort ?? fd?.serverPort}`
    case 'capable':
      return `${type} ${event.result} ${args.cap ?? args.capability}`
    default:
      return args.newpath === undefined && args.path === undefined && args.name === undefined
        ? type
        : `${type} ${fd?.name ?? args.newpath ?? args.path ?? args.name}`
  }
}

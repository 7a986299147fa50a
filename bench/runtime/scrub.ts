import type { ContainerInfo, Descriptor, Process, RuntimeEvent } from '../../src/base/model/runtime.ts'

/** What every container of Linux has in its environment, and what the recorded services set: nothing else is kept. */
const ownVariables =
  /^(?:PATH|HOME|PWD|OLDPWD|HOSTNAME|SHELL|USER|USERNAME|LOGNAME|TERM|LANG|IFS|LC_|PG|DPKG_|DEBIAN_|APT_)/

/** Loopback, Docker's own bridge, nobody's. */
const ownAddresses = /^(?:127\.|172\.17\.|0\.0\.0\.0$|::1?$)/
const address = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g

/**
 * Events without what tells of the machine they were recorded on: addresses of others become addresses of documentation (RFC 5737), what was sent to or received from others is blanked, variables
 * that are not of the container and the folders of the container's layers are dropped. Each process and container stays one object.
 */
export function scrub(events: readonly RuntimeEvent[], prefix: string): RuntimeEvent[] {
  const others = new Map<string, string>()
  const foreign = (found: string): string => {
    if (ownAddresses.test(found)) return found
    const known = others.get(found) ?? `203.0.113.${others.size + 1}`
    others.set(found, known)
    return known
  }
  const text = (value: string): string => value.replaceAll(prefix, 'recorded').replace(address, foreign)
  const processOf = memo(
    (process: Process): Process => ({
      ...process,
      args: process.args.map(text),
      env: process.env.filter(line => ownVariables.test(line)).map(text),
      ...(process.parent && { parent: processOf(process.parent) }),
    }),
  )
  const containerOf = memo(({ upperDir: _, lowerDirs: __, ...rest }: ContainerInfo): ContainerInfo => {
    const plain: ContainerInfo = JSON.parse(text(JSON.stringify(rest)))
    return plain
  })
  return events.map(event => {
    const { fd, container, args } = event
    return {
      ...event,
      process: processOf(event.process),
      args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, scrubbedValue(value, fd, text)])),
      ...(fd && { fd: descriptorOf(fd, text) }),
      ...(container && { container: containerOf(container) }),
    }
  })
}

function scrubbedValue(
  value: RuntimeEvent['args'][string],
  fd: Descriptor | undefined,
  text: (value: string) => string,
): RuntimeEvent['args'][string] {
  if (typeof value === 'string') return text(value)
  if (!(value instanceof Uint8Array)) return value
  return fd?.remoteIp?.startsWith('127.') ? value : new Uint8Array(value.length)
}

function descriptorOf(fd: Descriptor, text: (value: string) => string): Descriptor {
  const scrubbed = Object.entries(fd).map(([key, value]) => [key, typeof value === 'string' ? text(value) : value])
  return Object.fromEntries(scrubbed) as Descriptor
}

function memo<Item extends object>(make: (item: Item) => Item): (item: Item) => Item {
  const made = new WeakMap<Item, Item>()
  return item => {
    const known = made.get(item)
    if (known) return known
    const fresh = make(item)
    made.set(item, fresh)
    return fresh
  }
}

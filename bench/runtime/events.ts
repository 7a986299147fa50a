import type { ContainerInfo, Process, RuntimeEvent } from '../../src/base/model/runtime.ts'
import { someContainer, someEvent, someProcess } from '../../src/runtime/fields/testing.ts'

/** A small machine's events, made up but shaped as the sensor's: twelve containers, their trees of processes, files, sockets. The same ones every time. */
export function makeEvents(count: number): RuntimeEvent[] {
  const random = seeded(42)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const trees = Array.from({ length: 12 }, (_, index) => makeTree(index, pick))
  const kinds = shares.flatMap(([type, share]) => Array<string>(share).fill(type))
  return Array.from({ length: count }, (_, index) => {
    const { container, processes } = pick(trees)
    const process = pick(processes)
    const event = someEvent(pick(kinds), {
      num: index + 1,
      process,
      container,
      tid: process.pid,
      time: 1_700_000_005_000_000_000n + BigInt(index),
    })
    return { ...event, ...details(event.type, pick, random) }
  })
}

/** Of a thousand events after the gate, how many are of each type. */
const shares: [type: string, share: number][] = [
  ['openat', 620],
  ['open', 30],
  ['execve', 70],
  ['connect', 60],
  ['accept4', 40],
  ['sendto', 40],
  ['recvfrom', 40],
  ['socket', 20],
  ['unlinkat', 20],
  ['renameat2', 15],
  ['mkdirat', 10],
  ['fchmodat', 10],
  ['dup2', 10],
  ['ptrace', 2],
  ['symlinkat', 5],
  ['listen', 4],
  ['setuid', 4],
]

interface Tree {
  container: ContainerInfo
  processes: Process[]
}

const programs: [comm: string, args: string[]][] = [
  ['nginx', ['-g', 'daemon off;']],
  ['postgres', ['-D', '/var/lib/postgresql/data']],
  ['node', ['/srv/app/server.js', '--port', '8080']],
  ['python3', ['-m', 'gunicorn', 'app:app', '--workers', '4']],
  ['redis-server', ['*:6379']],
  ['java', ['-Xmx512m', '-jar', '/opt/app/service.jar']],
]
const children: [comm: string, args: string[]][] = [
  ['sh', ['-c', 'date +%s']],
  ['cat', ['/srv/app/version']],
  ['npm', ['install', '--omit=dev']],
  ['git', ['fetch', 'origin']],
  ['gcc', ['-O2', '-c', 'main.c']],
]

function makeTree(index: number, pick: <Item>(items: readonly Item[]) => Item): Tree {
  const id = index.toString(16).repeat(64).slice(0, 64)
  const container = someContainer({ id, name: `app-${index}`, imageRepository: `registry.example/team/app-${index}` })
  const make = (pid: number, [comm, args]: [string, string[]], parent?: Process): Process =>
    someProcess({
      pid,
      ppid: parent?.pid ?? 1,
      vpid: pid % 100,
      comm,
      exe: comm,
      exepath: `/usr/bin/${comm}`,
      args,
      uid: 0,
      containerId: id,
      ...(parent && { parent }),
    })
  const first = make(index * 100 + 1000, programs[index % programs.length]!)
  const shell = make(first.pid + 1, ['sh', ['/docker-entrypoint.sh', 'run']], first)
  const workers = Array.from({ length: 6 }, (_, at) => make(first.pid + 2 + at, pick(children), at % 2 ? first : shell))
  return { container, processes: [first, shell, ...workers] }
}

const read =
  `/etc/hosts /etc/nsswitch.conf /usr/lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/libm.so.6 /srv/app/server.js /srv/app/node_modules/express/index.js
/proc/self/status /sys/fs/cgroup/memory.max /usr/share/zoneinfo/UTC /var/lib/postgresql/data/base/1/1259 /etc/ssl/certs/ca-certificates.crt /root/.npmrc /etc/passwd`.split(
    /\s+/,
  )
const written =
  `/tmp/build-1.o /var/log/nginx/access.log /srv/app/node_modules/a/index.js /var/lib/postgresql/data/pg_wal/1 /dev/null /var/cache/apt/pkgcache.bin /root/.npm/_logs/1.log`.split(
    /\s+/,
  )

function details(
  type: string,
  pick: <Item>(items: readonly Item[]) => Item,
  random: () => number,
): Partial<RuntimeEvent> {
  if (type.startsWith('open')) {
    const write = random() < 0.25
    const name = pick(write ? written : read)
    return {
      result: 3n,
      args: { fd: 3, name, flags: write ? 0o2001101 : 0o2000000, mode: write ? 0o644 : 0 },
      fd: { num: 3, typechar: 'f', name, nameRaw: name },
    }
  }
  if (/^(connect|accept4|sendto|recvfrom|listen)$/.test(type)) return socketDetails(type, pick)
  if (type === 'execve') return { args: { filename: '/usr/bin/env' } }
  const path = pick(written)
  return {
    args: {
      path,
      name: path,
      oldpath: path,
      newpath: `${path}.1`,
      filename: path,
      linkpath: path,
      target: '/srv/app',
      mode: 0o755,
      uid: 33,
      domain: 2,
      request: 3,
    },
  }
}

function socketDetails(type: string, pick: <Item>(items: readonly Item[]) => Item): Partial<RuntimeEvent> {
  const server = pick(['172.17.0.3', '10.0.0.2', '203.0.113.9', '127.0.0.1'])
  const port = pick([5432, 6379, 443, 53, 8080])
  return {
    args: { fd: 7, ...(type === 'recvfrom' && { data: new Uint8Array(80) }) },
    fd: {
      num: 7,
      typechar: '4',
      name: `172.17.0.2:40000->${server}:${port}`,
      l4proto: port === 53 ? 'udp' : 'tcp',
      clientIp: '172.17.0.2',
      clientPort: 40000,
      serverIp: server,
      serverPort: port,
      localIp: '172.17.0.2',
      localPort: 40000,
      remoteIp: server,
      remotePort: port,
    },
  }
}

/** A small linear congruential generator: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

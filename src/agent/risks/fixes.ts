import type { ContainerInfo } from '../../base/model/runtime.ts'
import type { RiskKind } from './texts.ts'

/** What to take away and what to put in, for compose (YAML lines below the service) and for `docker run` (flags). */
interface Change {
  compose: { minus?: string[]; plus?: string[] }
  run: { minus?: string[]; plus?: string[] }
}

type Fixable = Exclude<RiskKind, `daemon-${string}` | `socket-${string}` | 'sysctl' | 'old-image'>

/** A unified diff of the service in its compose file. Lines start as compose writes them; the file's own may differ in form. */
export function composeFix(info: ContainerInfo, kind: Fixable, detail: string): string {
  const { minus = [], plus = [] } = changeOf(info, kind, detail).compose
  const head = [
    '--- compose.yml',
    '+++ compose.yml',
    '@@',
    ' services:',
    `   ${plain(info.composeService ?? info.name)}:`,
  ]
  return [...head, ...minus.map(line => `-    ${line}`), ...plus.map(line => `+    ${line}`)].join('\n')
}

/** The `docker run` line before and after, as far as it concerns the risk. */
export function runFix(info: ContainerInfo, kind: Fixable, detail: string): string {
  const { minus = [], plus = [] } = changeOf(info, kind, detail).run
  const line = (flags: string[]) => ['docker run', ...flags, '…', plain(info.image)].join(' ')
  return [`-${line(minus)}`, `+${line(plus)}`].join('\n')
}

function changeOf(info: ContainerInfo, kind: Fixable, detail: string): Change {
  if (kind === 'exposed') return portChange(detail)
  if (kind === 'mount') return mountChange(info, detail)
  if (kind === 'cap')
    return { compose: { minus: ['cap_add:', `  - ${detail}`] }, run: { minus: [`--cap-add ${detail}`] } }
  if (kind === 'unconfined')
    return {
      compose: { minus: ['security_opt:', `  - ${detail.replace('=', ':')}`] },
      run: { minus: [`--security-opt ${detail}`] },
    }
  return changes[kind]
}

const changes: Record<Exclude<Fixable, 'exposed' | 'mount' | 'cap' | 'unconfined'>, Change> = {
  privileged: {
    compose: { minus: ['privileged: true'], plus: ['cap_drop: [ALL]', 'cap_add: [] # only what it needs'] },
    run: { minus: ['--privileged'], plus: ['--cap-drop ALL'] },
  },
  'runtime-socket': {
    compose: { minus: ['volumes:', '  - /var/run/docker.sock:/var/run/docker.sock'] },
    run: { minus: ['-v /var/run/docker.sock:/var/run/docker.sock'] },
  },
  'host-network': {
    compose: { minus: ['network_mode: host'], plus: ['ports:', '  - "127.0.0.1:PORT:PORT"'] },
    run: { minus: ['--network host'], plus: ['-p 127.0.0.1:PORT:PORT'] },
  },
  'host-pid': { compose: { minus: ['pid: host'] }, run: { minus: ['--pid host'] } },
  'host-ipc': { compose: { minus: ['ipc: host'] }, run: { minus: ['--ipc host'] } },
  root: { compose: { plus: ['user: "10001:10001"'] }, run: { plus: ['--user 10001:10001'] } },
  'no-limits': {
    compose: { plus: ['mem_limit: 512m', 'pids_limit: 200', 'cpus: 1.0'] },
    run: { plus: ['--memory 512m --pids-limit 200 --cpus 1'] },
  },
  'writable-root': {
    compose: { plus: ['read_only: true', 'tmpfs: [/tmp, /run]'] },
    run: { plus: ['--read-only --tmpfs /tmp --tmpfs /run'] },
  },
  'new-privileges': {
    compose: { plus: ['security_opt:', '  - no-new-privileges:true'] },
    run: { plus: ['--security-opt no-new-privileges'] },
  },
}

/** `8080:80/tcp` */
function portChange(detail: string): Change {
  const [ports = ''] = detail.split('/')
  const udp = detail.endsWith('/udp') ? '/udp' : ''
  return {
    compose: { minus: ['ports:', `  - "${ports}${udp}"`], plus: ['ports:', `  - "127.0.0.1:${ports}${udp}"`] },
    run: { minus: [`-p ${ports}${udp}`], plus: [`-p 127.0.0.1:${ports}${udp}`] },
  }
}

/** A folder of the host is better not there; where it must be, it is read only. */
function mountChange({ mounts }: ContainerInfo, source: string): Change {
  const found = mounts.find(mount => mount.source.replace(/(.)\/+$/, '$1') === source)
  const place = plain(`${source}:${found?.destination ?? source}`)
  return found?.writable === false
    ? { compose: { minus: ['volumes:', `  - ${place}:ro`] }, run: { minus: [`-v ${place}:ro`] } }
    : {
        compose: { minus: ['volumes:', `  - ${place}`], plus: ['volumes:', `  - ${place}:ro`] },
        run: { minus: [`-v ${place}`], plus: [`-v ${place}:ro`] },
      }
}

/** Names of others in one line of a diff. */
function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, '?')
}

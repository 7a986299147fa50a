import { entriesAt, isObject, itemsAt, own, stringAt } from '../../../base/json.ts'
import type { ContainerInfo, ContainerMount } from '../../../base/model/runtime.ts'
import { parseImageName } from '../image-name.ts'

const states = ['created', 'running', 'paused', 'exited', 'dead'] as const
const maxItems = 1000

/** What Docker says of a container (GET /containers/ID/json) and of its image (GET /images/ID/json, where known) in our nouns. Names and labels are data: nothing in them is interpreted but the keys below. */
export function convertContainer(inspected: unknown, image?: unknown): ContainerInfo {
  const config = own(inspected, 'Config')
  const host = own(inspected, 'HostConfig')
  const state = own(inspected, 'State')
  const labels = labelsOf(config)
  const brought = labelsOf(own(image, 'Config'))
  const imageLabels = Object.keys(labels).filter(key => Object.hasOwn(brought, key) && brought[key] === labels[key])
  const pid = Number(own(state, 'Pid')) || 0
  return {
    id: stringAt(inspected, 'Id') ?? '',
    name: (stringAt(inspected, 'Name') ?? '').replace(/^\//, ''),
    runtime: 'docker',
    ...imageParts(inspected, config, image),
    labels,
    ...(imageLabels.length > 0 ? { imageLabels } : {}),
    privileged: own(host, 'Privileged') === true,
    capAdd: capabilities(host, 'CapAdd'),
    capDrop: capabilities(host, 'CapDrop'),
    hostNetwork: stringAt(host, 'NetworkMode') === 'host',
    hostPid: stringAt(host, 'PidMode') === 'host',
    hostIpc: stringAt(host, 'IpcMode') === 'host',
    mounts: itemsAt(inspected, 'Mounts').slice(0, maxItems).map(mountOf),
    user: stringAt(config, 'User') ?? '',
    ...composeOf(labels),
    ...podOf(labels, imageLabels),
    createdAt: stringAt(inspected, 'Created') ?? '',
    ...timeOf('startedAt', state, 'StartedAt'),
    ...timeOf('finishedAt', state, 'FinishedAt'),
    state: states.find(name => name === own(state, 'Status')) ?? (pid > 0 ? 'running' : 'exited'),
    pid,
    ...networkOf(inspected, host),
    ...healthOf(config),
    ports: portsOf(inspected),
    memoryLimit: Number(own(host, 'Memory')) || 0,
    pidsLimit: Math.max(0, Number(own(host, 'PidsLimit')) || 0),
    cpuLimit: cpusOf(host),
    securityOptions: itemsAt(host, 'SecurityOpt').filter(isString).slice(0, maxItems),
    readOnlyRoot: own(host, 'ReadonlyRootfs') === true,
    autoRemove: own(host, 'AutoRemove') === true,
    ...layersOf(inspected),
  }
}

const isString = (value: unknown): value is string => typeof value === 'string'

function labelsOf(config: unknown): Record<string, string> {
  const pairs = entriesAt(config, 'Labels').filter((pair): pair is [string, string] => isString(pair[1]))
  return Object.fromEntries(pairs.slice(0, maxItems))
}

/** `cap_net_admin` and `CAP_NET_ADMIN` are the same capability; Docker keeps what was typed. */
function capabilities(host: unknown, key: string): string[] {
  const names = itemsAt(host, key).filter(isString).slice(0, maxItems)
  return names.map(name => name.toUpperCase().replace(/^CAP_/, ''))
}

function imageParts(inspected: unknown, config: unknown, image: unknown) {
  const name = stringAt(config, 'Image') ?? ''
  const tags = itemsAt(image, 'RepoTags').filter(isString)
  const digests = itemsAt(image, 'RepoDigests').filter(isString)
  const own = parseImageName(name)
  const parts = own.repository === '' && tags[0] !== undefined ? parseImageName(tags[0]) : own
  const digest = digests.find(text => text.startsWith(`${parts.repository}@`)) ?? digests[0]
  return {
    image: name,
    imageRepository: parts.repository,
    imageTag: parts.tag,
    imageId: stringAt(inspected, 'Image') ?? '',
    ...(digest === undefined ? {} : { imageDigest: digest }),
  }
}

function mountOf(mount: unknown): ContainerMount {
  return {
    source: stringAt(mount, 'Source') ?? '',
    destination: stringAt(mount, 'Destination') ?? '',
    mode: stringAt(mount, 'Mode') ?? '',
    writable: own(mount, 'RW') === true,
    propagation: stringAt(mount, 'Propagation') ?? '',
    type: stringAt(mount, 'Type') ?? '',
  }
}

function composeOf(labels: Record<string, string>): Pick<ContainerInfo, 'composeProject' | 'composeService'> {
  const project = stringAt(labels, 'com.docker.compose.project')
  const service = stringAt(labels, 'com.docker.compose.service')
  return {
    ...(project === undefined ? {} : { composeProject: project }),
    ...(service === undefined ? {} : { composeService: service }),
  }
}

/** The labels that kubelet leaves on Docker's containers; an image that has them is in no pod for that. */
function podOf(labels: Record<string, string>, imageLabels: string[]): Pick<ContainerInfo, 'pod'> {
  if (imageLabels.some(key => key.startsWith('io.kubernetes.pod.'))) return {}
  const name = stringAt(labels, 'io.kubernetes.pod.name')
  if (name === undefined) return {}
  const namespace = stringAt(labels, 'io.kubernetes.pod.namespace') ?? ''
  return { pod: { name, namespace, uid: stringAt(labels, 'io.kubernetes.pod.uid') ?? '', labels } }
}

/** Docker writes year 1 for "never". */
function timeOf<Name extends string>(name: Name, state: unknown, key: string): { [key in Name]?: string } {
  const text = stringAt(state, key)
  return text === undefined || text.startsWith('0001-') ? {} : ({ [name]: text } as { [key in Name]?: string })
}

function networkOf(inspected: unknown, host: unknown): Pick<ContainerInfo, 'ip' | 'networks' | 'networkMode'> {
  const networks = entriesAt(own(inspected, 'NetworkSettings'), 'Networks')
    .slice(0, maxItems)
    .map(([name, network]) => ({
      name,
      ip: stringAt(network, 'IPAddress') ?? '',
      gateway: stringAt(network, 'Gateway') ?? '',
    }))
  const ip = networks.find(network => network.ip !== '')?.ip
  return { networks, networkMode: stringAt(host, 'NetworkMode') ?? '', ...(ip === undefined ? {} : { ip }) }
}

/** The command of the health check, as Falco's `container.healthcheck` shows it; `NONE` is none. */
function healthOf(config: unknown): Pick<ContainerInfo, 'healthcheck'> {
  const test = itemsAt(own(config, 'Healthcheck'), 'Test').filter(isString)
  if (test.length < 2 || test[0] === 'NONE') return {}
  return { healthcheck: test.slice(1).join(' ') }
}

function portsOf(inspected: unknown): NonNullable<ContainerInfo['ports']> {
  return entriesAt(own(inspected, 'NetworkSettings'), 'Ports')
    .slice(0, maxItems)
    .flatMap(([name, bindings]) => {
      const [port, protocol] = name.split('/')
      return (Array.isArray(bindings) ? bindings : []).slice(0, maxItems).map((binding: unknown) => ({
        containerPort: Number(port) || 0,
        protocol: protocol ?? 'tcp',
        hostIp: stringAt(binding, 'HostIp') ?? '',
        hostPort: Number(stringAt(binding, 'HostPort')) || 0,
      }))
    })
}

/** Cores: `--cpus` in billionths, or quota over period. */
function cpusOf(host: unknown): number {
  const nano = Number(own(host, 'NanoCpus')) || 0
  if (nano > 0) return nano / 1e9
  const quota = Number(own(host, 'CpuQuota')) || 0
  return quota > 0 ? quota / (Number(own(host, 'CpuPeriod')) || 100_000) : 0
}

function layersOf(inspected: unknown): Pick<ContainerInfo, 'upperDir' | 'lowerDirs'> {
  const data = own(own(inspected, 'GraphDriver'), 'Data')
  if (!isObject(data)) return {}
  const upperDir = stringAt(data, 'UpperDir')
  const lowerDirs = stringAt(data, 'LowerDir')?.split(':').slice(0, maxItems)
  return { ...(upperDir !== undefined && { upperDir }), ...(lowerDirs !== undefined && { lowerDirs }) }
}

/** One mount of a container. */
export interface ContainerMount {
  source: string
  destination: string
  mode: string
  writable: boolean
  propagation: string
  type: string
}

/** A container as its runtime describes it. */
export interface ContainerInfo {
  /** Full id; rules see the first 12 characters as `container.id`. */
  id: string
  name: string
  runtime: 'docker' | 'containerd' | 'cri-o' | 'podman'
  /** As it was started: `nginx:1.25`, and its parts. */
  image: string
  imageRepository: string
  imageTag: string
  /** `sha256:…` of the image's configuration. */
  imageId: string
  /** `repo@sha256:…` where pulled. */
  imageDigest?: string
  labels: Record<string, string>
  /** Those of the labels' keys that the image brought along: whoever made the image wrote them, not whoever started the container. */
  imageLabels?: string[]
  privileged: boolean
  capAdd: string[]
  hostNetwork: boolean
  hostPid: boolean
  hostIpc: boolean
  mounts: ContainerMount[]
  /** User of the configuration, '' for root. */
  user: string
  /** docker compose's project and service, from labels. */
  composeProject?: string
  composeService?: string
  /** Kubernetes, from labels of the CRI. */
  pod?: { name: string; namespace: string; uid: string; labels: Record<string, string> }
  /** ISO times. */
  createdAt: string
  startedAt?: string
  state: 'created' | 'running' | 'paused' | 'exited' | 'dead'
  /** First process, in the host's numbering; 0 when not running. */
  pid: number
  ip?: string
  healthcheck?: string
  /** Capabilities taken away, without `CAP_`, upper case (as in `capAdd`). */
  capDrop?: string[]
  /** ISO time of its end. */
  finishedAt?: string
  networks?: { name: string; ip: string; gateway: string }[]
  /** `bridge`, `host`, `none`, `container:ID`, or a network's name. */
  networkMode?: string
  /** Published ports only. */
  ports?: { containerPort: number; protocol: string; hostIp: string; hostPort: number }[]
  /** Limits: bytes, processes, cores; 0 for none. */
  memoryLimit?: number
  pidsLimit?: number
  cpuLimit?: number
  /** As given: `seccomp=unconfined`, `no-new-privileges` … */
  securityOptions?: string[]
  /** Whether its root file system cannot be written to (`--read-only`). */
  readOnlyRoot?: boolean
  /** Removed as soon as it stops (`docker run --rm`). */
  autoRemove?: boolean
  /** The overlay's upper layer on the host. */
  upperDir?: string
  /** The layers below it, uppermost first. */
  lowerDirs?: readonly string[]
}

/** A process as the sensor knows it. One object a process, shared by its events; `parent` is gone when the parent was never seen. */
export interface Process {
  pid: number
  ppid: number
  /** In its own PID namespace. */
  vpid: number
  vpgid: number
  sid: number
  /** Monotonic start time in ns, which tells reused pids apart. */
  startedAt: bigint
  comm: string
  /** argv[0] */
  exe: string
  /** Path of the program, from the kernel. */
  exepath: string
  /** The arguments behind argv[0]. An exec sets a new array. */
  args: string[]
  /** `NAME=value` */
  env: string[]
  cwd: string
  /** Controlling terminal's device number, 0 for none. */
  tty: number
  uid: number
  gid: number
  /** -1 when unset. */
  loginuid: number
  capPermitted: bigint
  capEffective: bigint
  capInheritable: bigint
  exeUpperLayer: boolean
  exeMemfd: boolean
  exeWritable: boolean
  exeInode: bigint
  /** ns since the epoch */
  exeCtime: bigint
  exeMtime: bigint
  cgroupId: bigint
  /** Full container id, '' on the host. */
  containerId: string
  parent?: Process
}

/** What a system call's descriptor is. */
export interface Descriptor {
  num: number
  /** Falco's `fd.typechar`. */
  typechar: string
  /** Path, or `client:port->server:port`. */
  name: string
  nameRaw?: string
  inode?: bigint
  device?: number
  upperLayer?: boolean
  /** A file of a tmpfs, or of memory alone. */
  tmpfs?: boolean
  l4proto?: 'tcp' | 'udp' | 'icmp' | 'raw'
  clientIp?: string
  clientPort?: number
  serverIp?: string
  serverPort?: number
  localIp?: string
  localPort?: number
  remoteIp?: string
  remotePort?: number
  /** The process is the accepting side. */
  isServer?: boolean
  connected?: boolean
  nameChanged?: boolean
}

/** One event of the kernel, decoded. `args` has Falco's argument names for the event's type. */
export interface RuntimeEvent {
  /** Counts from 1 on. */
  num: number
  /** Falco's name: `execve`, `openat`, `connect` … and ours: `io_uring_submit`, `memfd_create`, `mmap_exec` … */
  type: string
  /** ns since the epoch */
  time: bigint
  cpu: number
  tid: number
  /** Return value of the system call. */
  result: bigint
  process: Process
  args: Record<string, string | number | bigint | Uint8Array>
  fd?: Descriptor
  container?: ContainerInfo
}

/** What a rule that matched says, in Falco's JSON event form; ours to the end. */
export interface Alert {
  /** ISO 8601 with nanoseconds, UTC. */
  time: string
  rule: string
  /** `Emergency` … `Debug`, spelled as Falco does. */
  priority: string
  source: string
  output: string
  output_fields: Record<string, string | number | boolean | null>
  hostname: string
  tags: string[]
  container?: { id: string; name: string; image: string; imageId: string; composeService?: string }
  incident?: string
}

/** Alerts of one workload, rule and process lineage. */
export interface Incident {
  id: string
  rule: string
  workload: string
  containerId: string
  /** ISO */
  first: string
  last: string
  count: number
  /** The worst of its alerts, Falco's spelling. */
  priority: string
  tags: string[]
  /** From the eldest known ancestor down: `pid comm cmdline`, masked. */
  lineage: { pid: number; comm: string; cmdline: string }[]
  /** A bounded sample: the first and the last alerts. */
  samples: Alert[]
}

/** What was counted instead of reported, by class of event; received + filtered + lost = produced. */
export interface SensorCounters {
  produced: number
  filtered: number
  judged: number
  lost: Record<string, number>
}

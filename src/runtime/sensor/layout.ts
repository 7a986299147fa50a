/** Written by `npm run build:bpf` from the BTF of the compiled object: sizes and offsets in bytes. */
export const header = {
  size_: 104,
  time: 0,
  started: 8,
  cgroup: 16,
  result: 24,
  args: 32,
  lost: 80,
  tgid: 88,
  tid: 92,
  kind: 96,
  number: 98,
  cpu: 100,
  flags: 102,
} as const

export const section = {
  size_: 4,
  kind: 0,
  argument: 1,
  length: 2,
} as const

export const fileInfo = {
  size_: 56,
  inode: 0,
  ctime: 8,
  mtime: 16,
  size: 24,
  device: 32,
  mode: 36,
  flags: 40,
  marks: 44,
  number: 48,
  uid: 52,
} as const

export const socketInfo = {
  size_: 48,
  family: 0,
  type: 2,
  protocol: 4,
  state: 6,
  local_port: 8,
  remote_port: 10,
  number: 12,
  local: 16,
  remote: 32,
} as const

export const credentials = {
  size_: 40,
  inheritable: 0,
  permitted: 8,
  effective: 16,
  uid: 24,
  gid: 28,
  euid: 32,
  egid: 36,
} as const

export const execInfo = {
  size_: 72,
  ppid: 0,
  vpid: 4,
  vpgid: 8,
  sid: 12,
  tty: 16,
  loginuid: 20,
  argv_length: 24,
  env_length: 28,
  comm: 32,
  parent_comm: 48,
  parent_started: 64,
} as const

export const forkInfo = {
  size_: 16,
  started: 0,
  pid: 8,
  vpid: 12,
} as const

export const group = {
  size_: 80,
  container: 0,
  watched: 64,
  policy: 68,
  switches: 72,
  urgent: 76,
} as const

export const containerPolicy = {
  size_: 8,
  policy: 0,
  switches: 4,
} as const

export const seenKey = {
  size_: 24,
  cgroup: 0,
  inode: 8,
  device: 16,
  purpose: 20,
} as const

export const mountKey = {
  size_: 32,
  container: 0,
  inode: 16,
  device: 24,
  spare: 28,
} as const

export const prefixKey = {
  size_: 68,
  bits: 0,
  path: 4,
} as const

export const listedKey = {
  size_: 260,
  bits: 0,
  container: 4,
  path: 20,
} as const

export const nameKey = {
  size_: 32,
  name: 0,
} as const

export const counts = {
  size_: 32,
  produced: 0,
  filtered: 8,
  sent: 16,
  lost: 24,
} as const

export const settings = {
  size_: 8216,
  interest: 0,
  compat: 4096,
  root: 8192,
  self: 8200,
  controller: 8204,
  host: 8208,
  policy: 8212,
} as const

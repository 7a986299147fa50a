import koffi, { type LibraryHandle } from 'koffi'
import { JennerError } from '../../base/errors.ts'
import type { KernelStruct } from './overlay.ts'

/** What the sensor calls of libbpf and libc. Pointers are opaque to us. */
export interface Native {
  open(path: string): unknown
  load(object: unknown): number
  close(object: unknown): void
  map(object: unknown, name: string): { handle: unknown; fd(): number }
  setInitialValue(map: unknown, value: Buffer): number
  resize(map: unknown, entries: number): number
  nextProgram(object: unknown, previous: unknown): unknown
  programName(program: unknown): string
  setAutoload(program: unknown, on: boolean): number
  attach(program: unknown): unknown
  detach(link: unknown): void
  lookup(fd: number, key: Buffer, value: Buffer): number
  update(fd: number, key: Buffer, value: Buffer): number
  remove(fd: number, key: Buffer): number
  nextKey(fd: number, key: Buffer | null, next: Buffer): number
  /** Throws when the mapping fails. */
  mmap(fd: number, length: number, writable: boolean, offset: number): unknown
  munmap(address: unknown, length: number): void
  epollCreate(): number
  epollAdd(epoll: number, fd: number): number
  /** Waits on the calling thread. */
  epollWait(epoll: number, milliseconds: number): number
  closeFd(fd: number): void
  possibleCpus(): number
  /** Whether the kernel's BTF has a tracepoint of that name. */
  hasTracepoint(name: string): boolean
  /** From the kernel's BTF, or that of its overlayfs module. */
  structOf(name: string): KernelStruct | undefined
  version(): string
}

let native: Native | undefined

/** Loads libbpf once a thread. Throws JennerError unsupported when it is not on the machine. */
export function loadNative(): Native {
  native ??= bind()
  return native
}

function bind(): Native {
  let bpf: LibraryHandle
  try {
    bpf = koffi.load('libbpf.so.1')
  } catch (error) {
    throw new JennerError('unsupported', 'libbpf.so.1 cannot be loaded (Debian, Ubuntu: apt install libbpf1)', error)
  }
  const libc = koffi.load('libc.so.6')
  const quiet = bpf.func('void *libbpf_set_print(void *)')
  quiet(null)
  return { ...objects(bpf), ...maps(bpf), ...memory(libc), ...kernel(bpf) }
}

function objects(bpf: LibraryHandle) {
  const find = bpf.func('void *bpf_object__find_map_by_name(void *, const char *)')
  const mapFd = bpf.func('int bpf_map__fd(void *)')
  const initial = bpf.func('int bpf_map__set_initial_value(void *, const void *, size_t)')
  const autoload = bpf.func('int bpf_program__set_autoload(void *, bool)')
  const open = bpf.func('void *bpf_object__open_file(const char *, void *)')
  return {
    open: (path: string): unknown => open(path, null),
    load: bpf.func('int bpf_object__load(void *)') as Native['load'],
    close: bpf.func('void bpf_object__close(void *)') as Native['close'],
    map: (object: unknown, name: string) => {
      const handle: unknown = find(object, name)
      if (handle === null) throw new JennerError('internal', `map ${name}`)
      return { handle, fd: () => mapFd(handle) as number }
    },
    setInitialValue: (map: unknown, value: Buffer) => initial(map, value, value.length) as number,
    resize: bpf.func('int bpf_map__set_max_entries(void *, uint32_t)') as Native['resize'],
    nextProgram: bpf.func('void *bpf_object__next_program(void *, void *)') as Native['nextProgram'],
    programName: bpf.func('const char *bpf_program__name(void *)') as Native['programName'],
    setAutoload: (program: unknown, on: boolean) => autoload(program, on) as number,
    attach: bpf.func('void *bpf_program__attach(void *)') as Native['attach'],
    detach: bpf.func('int bpf_link__destroy(void *)') as Native['detach'],
  }
}

function maps(bpf: LibraryHandle) {
  const update = bpf.func('int bpf_map_update_elem(int, const void *, const void *, uint64_t)')
  return {
    lookup: bpf.func('int bpf_map_lookup_elem(int, const void *, void *)') as Native['lookup'],
    update: (fd: number, key: Buffer, value: Buffer) => update(fd, key, value, 0) as number,
    remove: bpf.func('int bpf_map_delete_elem(int, const void *)') as Native['remove'],
    nextKey: bpf.func('int bpf_map_get_next_key(int, const void *, void *)') as Native['nextKey'],
  }
}

function memory(libc: LibraryHandle) {
  const mmap = libc.func('void *mmap(void *, size_t, int, int, int, int64_t)')
  const control = libc.func('int epoll_ctl(int, int, int, void *)')
  const wait = libc.func('int epoll_wait(int, void *, int, int)')
  const create = libc.func('int epoll_create1(int)')
  const events = Buffer.alloc(16 * 8)
  return {
    mmap: (fd: number, length: number, writable: boolean, offset: number) => {
      const address: unknown = mmap(null, length, writable ? 3 : 1, 1, fd, offset)
      if (address === null || BigInt.asIntN(64, koffi.address(address)) === -1n)
        throw new JennerError('internal', 'mmap of the ring')
      return address
    },
    munmap: libc.func('int munmap(void *, size_t)') as Native['munmap'],
    closeFd: libc.func('int close(int)') as Native['closeFd'],
    epollCreate: () => create(0x80000) as number,
    epollAdd: (epoll: number, fd: number) => {
      const event = Buffer.alloc(16)
      event.writeUInt32LE(1)
      return control(epoll, 1, fd, event) as number
    },
    epollWait: (epoll: number, milliseconds: number) => wait(epoll, events, 8, milliseconds) as number,
  }
}

function kernel(bpf: LibraryHandle) {
  const loadBtf = bpf.func('void *btf__load_vmlinux_btf()')
  const findType = bpf.func('int btf__find_by_name_kind(void *, const char *, uint32_t)')
  const typedefKind = 8
  const structs = createStructs(bpf)
  let btf: unknown
  return {
    structOf: (name: string) => {
      btf ??= loadBtf()
      return btf === null ? undefined : structs(btf, name)
    },
    possibleCpus: bpf.func('int libbpf_num_possible_cpus()') as Native['possibleCpus'],
    version: bpf.func('const char *libbpf_version_string()') as Native['version'],
    hasTracepoint: (name: string) => {
      btf ??= loadBtf()
      return btf !== null && (findType(btf, `btf_trace_${name}`, typedefKind) as number) > 0
    },
  }
}

/** Reads structs by `struct btf_type { u32 name, info, size }` and `struct btf_member { u32 name, type, offset }` (linux/btf.h). */
function createStructs(bpf: LibraryHandle): (btf: unknown, name: string) => KernelStruct | undefined {
  const findType = bpf.func('int btf__find_by_name_kind(void *, const char *, uint32_t)')
  const typeById = bpf.func('void *btf__type_by_id(void *, uint32_t)')
  const nameAt = bpf.func('const char *btf__name_by_offset(void *, uint32_t)')
  const loadModule = bpf.func('void *btf__load_module_btf(const char *, void *)')
  const structKind = 4
  return (vmlinux, name) => {
    let btf = vmlinux
    let id = findType(btf, name, structKind) as number
    if (id <= 0) {
      btf = loadModule('overlay', vmlinux) as unknown
      id = btf === null ? -1 : (findType(btf, name, structKind) as number)
    }
    const type: unknown = id > 0 ? typeById(btf, id) : null
    if (type === null) return undefined
    const head = koffi.decode(type, koffi.array('uint32_t', 3)) as number[]
    const count = head[1]! & 0xffff
    const words = koffi.decode(type, koffi.array('uint32_t', 3 + 3 * count)) as number[]
    const members: Record<string, number> = Object.create(null)
    for (let at = 3; at < words.length; at += 3) members[nameAt(btf, words[at]!) as string] = words[at + 2]! & 0xffffff
    return { size: head[2]!, members }
  }
}

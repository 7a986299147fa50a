import koffi from 'koffi'
import type { Native } from './libbpf.ts'

const page = 4096
const busy = 0x80000000
const discarded = 0x40000000

/**
 * One BPF ring buffer, read in place. This class alone owns the mapping: a view of it that is touched after `close` ends the process.
 * Layout (kernel/bpf/ringbuf.c): a page with our position, then, read-only, a page with the kernel's position and the data twice over, of which we map the first: each would count as
 * resident memory. A record is a 32-bit length with two flag bits, 32 bits of the kernel's own, and the bytes padded to eight; one that goes on at the beginning is put together in a buffer.
 */
export class Ring {
  readonly #native: Native
  readonly #size: number
  #consumerPage: unknown
  #dataPages: unknown
  #consumer: BigInt64Array | undefined
  #producer: BigInt64Array | undefined
  #data: Buffer | undefined
  /** Where the record that `next` found lies: the data, or a copy. */
  #current: Buffer | undefined
  #copy: Buffer = Buffer.alloc(0)
  /** Position of the record that lies in the copy. */
  #copied = -1
  #words: Int32Array | undefined
  #position = 0
  #end = 0
  #length = 0

  constructor(native: Native, fd: number, size: number) {
    this.#native = native
    this.#size = size
    this.#consumerPage = native.mmap(fd, page, true, 0)
    this.#dataPages = native.mmap(fd, page + size, false, page)
    this.#consumer = new BigInt64Array(koffi.view(this.#consumerPage, page), 0, 1)
    const shared = koffi.view(this.#dataPages, page + size)
    this.#producer = new BigInt64Array(shared, 0, 1)
    this.#data = Buffer.from(shared, page, size)
    this.#words = new Int32Array(shared, page, size / 4)
    this.#position = Number(this.#consumer[0])
  }

  /** Takes note of what the kernel has written by now; `next` goes no further. */
  look(): void {
    this.#end = this.#producer ? Number(Atomics.load(this.#producer, 0)) : 0
  }

  /** Start of the next record in what `data` is then, or -1; its time is the first eight bytes. */
  next(): number {
    while (this.#position < this.#end) {
      const at = this.#position % this.#size
      const head = Atomics.load(this.#words!, at >> 2) >>> 0
      if (head & busy) return -1
      this.#length = head & 0x3fffffff
      if (!(head & discarded)) return this.#found(at + 8)
      this.skip()
    }
    return -1
  }

  #found(start: number): number {
    const over = start + this.#length - this.#size
    if (over <= 0) {
      this.#current = this.#data
      return start
    }
    this.#current = this.#copy
    if (this.#copied === this.#position) return 0
    if (this.#copy.length < this.#length) this.#current = this.#copy = Buffer.alloc(this.#length)
    this.#data!.copy(this.#copy, 0, start)
    this.#data!.copy(this.#copy, this.#length - over, 0, over)
    this.#copied = this.#position
    return 0
  }

  /** Length of the record that `next` found. */
  get length(): number {
    return this.#length
  }

  /** Where the record that `next` found lies. */
  get data(): Buffer {
    return this.#current!
  }

  /** Leaves the record that `next` found. */
  skip(): void {
    this.#position += (this.#length + 8 + 7) & ~7
  }

  /** Gives what was left back to the kernel: one store for a whole batch. */
  publish(): void {
    if (this.#consumer) Atomics.store(this.#consumer, 0, BigInt(this.#position))
  }

  close(): void {
    if (!this.#data) return
    this.#consumer = this.#producer = this.#data = this.#current = this.#words = undefined
    this.#native.munmap(this.#consumerPage, page)
    this.#native.munmap(this.#dataPages, page + this.#size)
  }
}

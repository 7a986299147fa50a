import koffi from 'koffi'

/** Hands memory that C libraries have freed (libbpf's types of the kernel, above all) back to the system. Does nothing where the C library has no malloc_trim(3). */
export function trimMemory(): void {
  try {
    const trim = koffi.load('libc.so.6').func('int malloc_trim(size_t)') as (pad: number) => number
    trim(0)
  } catch {
    // musl keeps little anyway.
  }
}

const nanoseconds = 1_000_000_000n

/** `2026-03-01T12:00:00.123456789Z` of ns since the epoch. */
export function isoTime(time: bigint): string {
  const whole = new Date(Number(time / nanoseconds) * 1000).toISOString()
  return `${whole.slice(0, 19)}.${fraction(time)}Z`
}

/** `2026-03-01 12:00:00.123456789`, local time. */
export function dateTime(time: bigint): string {
  const date = new Date(Number(time / nanoseconds) * 1000)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${clockTime(time)}`
}

/** `12:00:00.123456789`, local time. */
export function clockTime(time: bigint): string {
  const date = new Date(Number(time / nanoseconds) * 1000)
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${fraction(time)}`
}

/** ns from the start of the kernel's monotonic clock to the epoch: what turns a process's start into a time of day. */
export function monotonicOffset(): bigint {
  return BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint()
}

const fraction = (time: bigint): string => (time % nanoseconds).toString().padStart(9, '0')
const two = (number: number): string => String(number).padStart(2, '0')

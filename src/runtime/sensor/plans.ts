import { header } from './layout.ts'
import { byCompatNumber, byNumber, type Syscall } from './syscalls.ts'

/** What decoding has to know of a system call, worked out once. */
export interface Plan {
  type: string
  /** Numbers in the header: where, under which name; descriptors are read as signed 32 bits. */
  numbers: readonly { name: string; at: number; isDescriptor: boolean }[]
  /** By argument. */
  names: readonly string[]
  isPath: readonly boolean[]
  opens: boolean
  accepts: boolean
  binds: boolean
  connects: boolean
}

/** By the number of the call; `compat` for 32-bit calls. */
export function createPlans(arch: string, compat: boolean): readonly (Plan | undefined)[] {
  const plans: (Plan | undefined)[] = []
  for (const [number, call] of compat ? byCompatNumber(arch) : byNumber(arch)) {
    while (plans.length < number) plans.push(undefined)
    plans[number] = planOf(call)
  }
  return plans
}

function planOf({ type, args, gate }: Syscall): Plan {
  return {
    type,
    numbers: args.flatMap(([name, kind], index) =>
      name !== '' && (kind === 'scalar' || kind === 'fd' || kind === 'directory')
        ? [{ name, at: header.args + 8 * index, isDescriptor: kind !== 'scalar' }]
        : [],
    ),
    names: args.map(([name]) => name),
    isPath: args.map(([, kind]) => kind === 'path'),
    opens: gate === 'open',
    accepts: type.startsWith('accept'),
    binds: type === 'bind',
    connects: type === 'connect',
  }
}

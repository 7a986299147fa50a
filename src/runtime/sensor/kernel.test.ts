import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadKernel } from './kernel.ts'
import type { Native } from './libbpf.ts'

/** A kernel that answers loading with these, one after the other. */
function kernelThat(...answers: number[]) {
  const told = { opened: 0, closed: 0 }
  const native: Partial<Native> = {
    open: () => ++told.opened,
    close: () => void told.closed++,
    map: () => ({ handle: {}, fd: () => 3 }),
    setInitialValue: () => 0,
    nextProgram: () => null,
    load: () => answers.shift() ?? 0,
    update: () => 0,
  }
  return { native: native as Native, told }
}
const options = { host: false, policy: 'alert', ownCgroups: '0::/\n' } as const

test('a load that a signal ended is begun anew, with programs opened anew', () => {
  const { native, told } = kernelThat(-11, -11)
  loadKernel(options, native)
  assert.deepEqual(told, { opened: 3, closed: 2 })
})

test('what is refused is not tried again, and signals without end are not waited for', () => {
  const refusing = kernelThat(-1)
  assert.throws(() => loadKernel(options, refusing.native), /error 1/)
  assert.deepEqual(refusing.told, { opened: 1, closed: 1 })
  const busy = kernelThat(...Array.from({ length: 100 }, () => -11))
  assert.throws(() => loadKernel(options, busy.native), /error 11/)
  assert.equal(busy.told.opened, busy.told.closed)
})

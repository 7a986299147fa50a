import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { createSelfTest } from './self-test.ts'

const skip = process.getuid?.() === 0 && existsSync('/sys/fs/cgroup') ? false : 'needs root and cgroups'

/** What the sensor would have told of the two programs. */
const outcome = async (seen: [path: string, upper: boolean][]) => {
  const test = createSelfTest({
    act: async () => {
      for (const [path, upper] of seen) test.seen(path, upper)
      return ''
    },
    patience: 20,
  })
  return test.run()
}

test('a trial that ran unseen is blindness; one that could not run is none', { skip }, async () => {
  const blind = async (complaint: string, seen: boolean) => {
    const test = createSelfTest({
      act: async () => {
        if (seen) test.seen('/bin/mount', false)
        return complaint
      },
      patience: 20,
    })
    await test.run()
    return test.isBlind()
  }
  assert.deepEqual(
    [await blind('', false), await blind('mount: denied', false), await blind('', true)],
    [true, false, false],
  )
})

test('its container id is one, and no real one', () => {
  assert.match(createSelfTest().id, /^0{24}[0-9a-f]{40}$/)
})

test('layers told apart are right; anything else is a loss with its reason', { skip }, async () => {
  assert.equal(
    await outcome([
      ['/x/m/lower', false],
      ['/x/m/upper', true],
    ]),
    undefined,
  )
  assert.match(
    (await outcome([
      ['/x/m/lower', true],
      ['/x/m/upper', true],
    ])) ?? '',
    /otherwise/,
  )
  assert.match(
    (await outcome([
      ['/x/m/lower', false],
      ['/x/m/upper', false],
    ])) ?? '',
    /otherwise/,
  )
  assert.match((await outcome([['/bin/mount', false]])) ?? '', /no event/)
})

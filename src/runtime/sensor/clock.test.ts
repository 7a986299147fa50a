import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWallClock } from './clock.ts'

const second = 1_000_000_000n
const hour = 3600n * second

function setUp() {
  const at = { wall: 1_700_000_000_000, monotonic: 500n * second }
  const follow = createWallClock({ wall: () => at.wall, monotonic: () => at.monotonic })
  const clock = () => follow(at.monotonic)
  const pass = (seconds: number): void => {
    at.wall += seconds * 1000
    at.monotonic += BigInt(seconds) * second
  }
  return { at, clock, pass, first: clock() }
}

for (const [name, jump] of [
  ['an hour ahead', 3_600_000],
  ['an hour back', -3_600_000],
  ['to before the machine started', -1_699_999_999_000],
] as const) {
  test(`a clock that is set ${name} is followed within a second, and does not stop time`, () => {
    const { at, clock, pass, first } = setUp()
    at.wall += jump
    assert.equal(clock(), first)
    pass(1)
    assert.equal(clock() - first, BigInt(jump) * 1_000_000n)
    pass(10)
    assert.equal(clock() - first, BigInt(jump) * 1_000_000n)
  })
}

test('the rounding of the wall clock moves nothing; a clock set twice is followed twice', () => {
  const { at, clock, pass, first } = setUp()
  at.wall += 2
  pass(2)
  assert.equal(clock(), first)
  at.wall += 3_600_000
  pass(1)
  at.wall -= 7_200_000
  pass(1)
  assert.equal(clock() - first, -hour + 2_000_000n)
})

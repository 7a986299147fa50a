import { equal, ok, throws } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { JennerError } from '../../base/errors.ts'
import { compareVersions, satisfies, schemeOf, versionedTypes } from './versions.ts'

const plausible = fc.oneof(
  fc.string({ maxLength: 24 }),
  fc.stringMatching(/^v?[0-9]{1,3}(\.[0-9]{1,3}){0,3}([-~^+_.]?[a-z]{0,5}[0-9]{0,2}){0,3}$/),
)

describe('compareVersions and satisfies', () => {
  it('choose the order by the purl type', () => {
    equal(compareVersions('deb', '1.0~rc1', '1.0'), -1)
    equal(compareVersions('npm', '1.0.0', '1.0.0+1'), 0)
    equal(compareVersions('generic', '1.0.2', '1.0.2k'), -1)
    equal(satisfies('gem', '2.2.9', '~> 2.2.1'), true)
    equal(satisfies('golang', '(devel)', '< 1.0.0'), undefined)
  })

  it('refuse an ecosystem that they do not know', () => {
    const refused = (error: unknown) => error instanceof JennerError && error.code === 'bad_argument'
    throws(() => compareVersions('cobol', '1', '2'), refused)
    throws(() => satisfies('__proto__', '1', '2'), refused)
  })

  for (const type of versionedTypes())
    it(`answer for long texts that are almost versions: ${type}`, () => {
      const { compare, satisfies } = schemeOf(type)
      for (const part of ['a', '1', '1.', '1-', '1_p', 'a1', '~', '.a-'])
        for (const end of ['', '!', '.']) {
          const long = part.repeat(300) + end
          ok([-1, 0, 1, undefined].includes(compare(long, '1.0')))
          ok([true, false, undefined].includes(satisfies('1.0', `>=${long}`)))
        }
    })

  for (const type of versionedTypes())
    it(`never throw and stay consistent on any text: ${type}`, () => {
      const { compare, satisfies } = schemeOf(type)
      fc.assert(
        fc.property(plausible, plausible, (a, b) => {
          const forth = compare(a, b)
          const back = compare(b, a)
          ok(forth === undefined ? back === undefined : back === (forth === 0 ? 0 : -forth), `${a} ? ${b}`)
          ok(compare(a, a) === 0 || compare(a, a) === undefined)
          ok([true, false, undefined].includes(satisfies(a, b)))
        }),
        { numRuns: 300 },
      )
    })

  it('are linear on hostile text', { timeout: 10_000 }, () => {
    const bombs = [
      '1'.repeat(200_000),
      '1.'.repeat(100_000),
      'a1'.repeat(100_000),
      '-'.repeat(100_000),
      '1-'.repeat(100_000),
      `1${'_a'.repeat(100)}!`,
      `1-stable${'1'.repeat(100)}x`,
    ]
    for (const type of versionedTypes())
      for (const bomb of bombs) {
        compareVersions(type, bomb, `${bomb}1`)
        satisfies(type, '1.0.0', `>= ${bomb}`)
        satisfies(type, bomb, '>= 1.0.0, < 2.0.0 || ^1.2.3')
      }
  })
})

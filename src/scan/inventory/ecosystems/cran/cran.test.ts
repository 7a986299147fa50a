import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { description, projectDescription } from './description.ts'
import { cran } from './index.ts'
import { renvLock } from './renv-lock.ts'

test('renv.lock: CRAN and Bioconductor', () => {
  const packages = foundIn(renvLock, {
    'renv.lock': JSON.stringify({
      R: { Version: '4.3.2' },
      Packages: {
        R6: { Package: 'R6', Version: '2.5.1', Source: 'Repository', Repository: 'CRAN', Requirements: ['R'] },
        BSgenome: { Package: 'BSgenome', Version: '1.70.1', Source: 'Bioconductor' },
        broken: { Package: 'broken' },
      },
    }),
  })
  deepEqual(named(packages), ['R6 2.5.1', 'BSgenome 1.70.1'])
  const ecosystems = packages.map(found => cran.advisoryEcosystems(undefined, found as never))
  deepEqual(ecosystems, [['CRAN'], ['Bioconductor']])
})

const installed = `Package: jsonlite
Version: 1.8.8
Title: A Simple and
        Robust JSON Parser
License: MIT + file LICENSE
Depends: methods, R (>= 2.10)
Imports:
        curl (>= 5.0),
        rlang
Repository: CRAN
Built: R 4.3.2; x86_64-pc-linux-gnu; 2024-01-01; unix
`

test('DESCRIPTION of an installed package; a source tree is not one', () => {
  const path = 'usr/lib/R/library/jsonlite/DESCRIPTION'
  const [found] = foundIn(description, { [path]: installed })
  deepEqual([found!.name, found!.version, found!.licenses], ['jsonlite', '1.8.8', ['MIT + file LICENSE']])
  deepEqual(found!.dependsOn, ['methods', 'curl', 'rlang'])
  deepEqual(
    foundIn(description, { 'src/DESCRIPTION': 'Package: mine\nVersion: 0.1\n', 'x/DESCRIPTION': 'some text' }),
    [],
  )
})

test('a package as CRAN publishes it, unpacked; a project is none', () => {
  const text = 'Package: a\nVersion: 1.0-2\nLicense: MIT + file LICENSE\n'
  deepEqual(named(foundIn(description, { 'vendor/a/DESCRIPTION': `${text}Packaged: 2024-01-01 00:00:00 UTC; x\n` })), [
    'a 1.0-2',
  ])
  deepEqual(foundIn(description, { DESCRIPTION: text }), [])
})

const sources: [about: string, text: string, expected: string[]][] = [
  ['a source tree', 'Package: mine\nVersion: 0.1\nTitle: Mine\nLicense: GPL-3\nImports: curl\n', ['mine 0.1 root']],
  ['what is installed', installed, []],
  ['what is published', `${installed.replace('Built', 'Packaged')}`, []],
  ["another software's", 'Package: x\nVersion: 1\n', []],
]
for (const [about, text, expected] of sources) {
  test(`DESCRIPTION of a package that is worked on: ${about}`, () =>
    deepEqual(
      foundIn(projectDescription, { 'pkg/DESCRIPTION': text }).map(
        item => `${item.name} ${item.version} ${item.relationship}`,
      ),
      expected,
    ))
}

test('DESCRIPTION of a package that is worked on: none in a library', () =>
  deepEqual(wants(projectDescription, 'usr/lib/R/library/x/tests/testthat/p/DESCRIPTION'), false))

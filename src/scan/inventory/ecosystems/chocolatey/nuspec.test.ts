import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named, wants } from '../../check-extractor.ts'
import { chocolateyNuspec } from './nuspec.ts'

const path = 'ProgramData/chocolatey/lib/git.install/git.install.nuspec'

test('an installed package', () => {
  const xml =
    '<?xml version="1.0"?><package xmlns="http://schemas.microsoft.com/packaging/2011/10/nuspec.xsd"><metadata><id>git.install</id><version>2.44.0</version><dependencies><dependency id="chocolatey-core.extension" version="1.3.3" /></dependencies></metadata></package>'
  const found = foundIn(chocolateyNuspec, { [path]: xml })
  deepEqual(named(found), ['git.install 2.44.0'])
  deepEqual(found[0]?.dependsOn, ['chocolatey-core.extension'])
  throws(() => foundIn(chocolateyNuspec, { [path]: xml.slice(0, 200) }))
  deepEqual(wants(chocolateyNuspec, 'src/x.nuspec'), false)
})

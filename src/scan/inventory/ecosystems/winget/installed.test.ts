import { deepEqual, throws } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { foundIn, wants } from '../../check-extractor.ts'
import { wingetInstalled } from './installed.ts'

const path =
  'Users/a/AppData/Local/Packages/Microsoft.DesktopAppInstaller_8wekyb3d8bbwe/LocalState/Microsoft.Winget.Source_8wekyb3d8bbwe/installed.db'

function database(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-winget-'))
  try {
    const file = join(folder, 'x.db')
    const made = new DatabaseSync(file)
    for (const column of ['id', 'name', 'version'])
      made.exec(`CREATE TABLE [${column}s](rowid INTEGER PRIMARY KEY, [${column}] TEXT NOT NULL)`)
    made.exec(
      'CREATE TABLE [manifest](rowid INTEGER PRIMARY KEY, [id] INT64 NOT NULL, [name] INT64, [moniker] INT64, [version] INT64)',
    )
    made.exec("INSERT INTO ids VALUES (1, 'Git.Git'), (9, 'Microsoft.VCRedist.2015+.x64')")
    made.exec("INSERT INTO names VALUES (3, 'Git'), (4, 'VC++')")
    made.exec("INSERT INTO versions VALUES (1, '2.44.0'), (7, '14.38.33135.0')")
    made.exec('INSERT INTO manifest VALUES (1, 1, 3, 0, 1), (2, 9, 4, 0, 7), (3, 99, 3, 0, 1)')
    made.close()
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('what winget installed', () => {
  deepEqual(foundIn(wingetInstalled, { [path]: database() }), [
    { name: 'Git.Git', version: '2.44.0', extra: { title: 'Git' } },
    { name: 'Microsoft.VCRedist.2015+.x64', version: '14.38.33135.0', extra: { title: 'VC++' } },
  ])
  throws(() => foundIn(wingetInstalled, { [path]: 'no database' }))
  deepEqual(wants(wingetInstalled, 'app/installed.db'), false)
})

import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { pacman } from './pacman.ts'

const folder = 'var/lib/pacman/local/gcc-libs-13.2.1-3'
const desc = `%NAME%
gcc-libs

%VERSION%
13.2.1-3

%BASE%
gcc

%ARCH%
x86_64

%PACKAGER%
Somebody <somebody@example.org>

%LICENSE%
GPL-3.0-or-later
LGPL-2.1-only

%DEPENDS%
glibc>=2.27
sh
`

test('pacman: desc with the files that stand beside it', () => {
  const files = '%FILES%\nusr/\nusr/lib/\nusr/lib/libstdc++.so.6\n\n%BACKUP%\netc/x\taa\n'
  const [found] = foundIn(pacman, { [`${folder}/desc`]: desc, [`${folder}/files`]: files })
  deepEqual(
    [found!.name, found!.version, found!.arch, found!.path],
    ['gcc-libs', '13.2.1-3', 'x86_64', `${folder}/desc`],
  )
  deepEqual(found!.source, { name: 'gcc', version: '13.2.1-3' })
  deepEqual(found!.licenses, ['GPL-3.0-or-later', 'LGPL-2.1-only'])
  deepEqual(found!.dependsOn, ['glibc', 'sh'])
  deepEqual(found!.files, ['usr/lib/libstdc++.so.6'])
})

test('pacman: a desc without a name is refused', () => {
  throws(() => foundIn(pacman, { [`${folder}/desc`]: '%VERSION%\n1\n' }))
})

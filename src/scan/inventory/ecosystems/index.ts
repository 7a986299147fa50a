import type { Ecosystem } from '../../../base/model/ecosystem.ts'
import { apk } from './apk/index.ts'
import { cargo } from './cargo/index.ts'
import { composer } from './composer/index.ts'
import { deb } from './deb/index.ts'
import { gem } from './gem/index.ts'
import { golang } from './golang/index.ts'
import { maven } from './maven/index.ts'
import { npm } from './npm/index.ts'
import { nuget } from './nuget/index.ts'
import { pypi } from './pypi/index.ts'
import { rpm } from './rpm/index.ts'

/** Every ecosystem Jenner knows: one line each. To add one, copy a folder, then add its line here. */
export const ecosystems: Ecosystem[] = [deb, apk, rpm, npm, golang, pypi, cargo, composer, gem, nuget, maven]

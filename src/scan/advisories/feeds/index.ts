import { alma } from './alma/index.ts'
import { alpine } from './alpine/index.ts'
import { csaf } from './csaf/index.ts'
import { debian } from './debian/index.ts'
import { endoflife } from './endoflife/index.ts'
import { epss } from './epss/index.ts'
import type { Feed } from './feed.ts'
import { kev } from './kev/index.ts'
import { osv } from './osv/index.ts'
import { rocky } from './rocky/index.ts'
import { updateinfo } from './updateinfo/index.ts'

/** Every format of advisories that is read. Order matters: the first whose `detect` says yes gets the file. */
export const feeds: Feed[] = [osv, debian, alpine, csaf, updateinfo, alma, rocky, kev, epss, endoflife]

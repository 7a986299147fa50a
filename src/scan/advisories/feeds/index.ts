import { alma } from './alma/index.ts'
import { alpine } from './alpine/index.ts'
import { arch } from './arch/index.ts'
import { bodhi } from './bodhi/index.ts'
import { csaf } from './csaf/index.ts'
import { cve } from './cve/index.ts'
import { cvrf } from './cvrf/index.ts'
import { debian } from './debian/index.ts'
import { echo } from './echo/index.ts'
import { endoflife } from './endoflife/index.ts'
import { epss } from './epss/index.ts'
import type { Feed } from './feed.ts'
import { friendsofphp } from './friendsofphp/index.ts'
import { gentoo } from './gentoo/index.ts'
import { gitlab } from './gitlab/index.ts'
import { kev } from './kev/index.ts'
import { nodejswg } from './nodejswg/index.ts'
import { openvex } from './openvex/index.ts'
import { osv } from './osv/index.ts'
import { oval } from './oval/index.ts'
import { photon } from './photon/index.ts'
import { rocky } from './rocky/index.ts'
import { rootio } from './rootio/index.ts'
import { rubysec } from './rubysec/index.ts'
import { rustsec } from './rustsec/index.ts'
import { securitydata } from './securitydata/index.ts'
import { updateinfo } from './updateinfo/index.ts'
/**
 * Every format of advisories that is read. Order matters: the first whose `detect` says yes gets the file; those that need no more than a file's beginning to know
 * theirs come first, so that the largest files are not parsed to be recognised.
 */
export const feeds: Feed[] = [
  debian,
  echo,
  rootio,
  csaf,
  securitydata,
  updateinfo,
  oval,
  cvrf,
  gentoo,
  openvex,
  bodhi,
  gitlab,
  alma,
  rocky,
  photon,
  arch,
  rustsec,
  epss,
  osv,
  alpine,
  rubysec,
  friendsofphp,
  nodejswg,
  kev,
  endoflife,
  cve,
]

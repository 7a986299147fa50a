import type { AnyDb, StoreKind } from '../define.ts'
import { first } from './0001-first.ts'
import { reporting } from './0002-reporting.ts'
import { verdict } from './0003-verdict.ts'
import { casework } from './0004-casework.ts'

/** In order, by name. One that was released never changes; what comes later is a new one. Each takes a step up: there is no way down but the backup. */
export const migrations: { name: string; up: (db: AnyDb, kind: StoreKind) => Promise<void> }[] = [
  { name: '0001-first', up: first },
  { name: '0002-reporting', up: reporting },
  { name: '0003-verdict', up: verdict },
  { name: '0004-casework', up: casework },
]

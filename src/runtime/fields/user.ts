import type { Accounts } from './accounts.ts'
import { lookUp, type Reader, type ReaderTable } from './reader.ts'

/** Fields of class `user`. */
export function userFields(accounts: Accounts): (name: string, given: string | undefined) => Reader | undefined {
  const table: ReaderTable = {
    uid: event => event.process.uid,
    name: event => accounts.user(event, event.process.uid)?.name,
    homedir: event => accounts.user(event, event.process.uid)?.home,
    shell: event => accounts.user(event, event.process.uid)?.shell,
    loginuid: event => loginId(event.process.loginuid),
    loginname: event => accounts.hostUser(loginId(event.process.loginuid))?.name,
  }
  return (name, given) => (given === undefined ? lookUp(table, name) : undefined)
}

/** Fields of class `group`. */
export function groupFields(accounts: Accounts): (name: string, given: string | undefined) => Reader | undefined {
  const table: ReaderTable = {
    gid: event => event.process.gid,
    name: event => accounts.group(event, event.process.gid),
  }
  return (name, given) => (given === undefined ? lookUp(table, name) : undefined)
}

/** The kernel's "unset" is the largest 32-bit number; rules say -1. */
const loginId = (id: number): number => (id === 0xffffffff ? -1 : id)

/**
 * Every error that Jenner raises on purpose, in one table: the code, and the exit code a command ends with.
 * The sentence shown to people is `error.<code>` in i18n; `detail` names the thing (a file, a flag, a host).
 */
export const errorCodes = {
  usage: { exit: 4 },
  unknown_setting: { exit: 4 },
  not_built_yet: { exit: 4 },
  bad_argument: { exit: 4 },
  target_not_found: { exit: 1 },
  target_unreadable: { exit: 1 },
  docker_unreachable: { exit: 1 },
  docker_denied: { exit: 1 },
  registry_unreachable: { exit: 1 },
  registry_denied: { exit: 1 },
  git_failed: { exit: 1 },
  container_not_found: { exit: 1 },
  container_protected: { exit: 1 },
  nothing_in_force: { exit: 1 },
  response_failed: { exit: 1 },
  not_an_image: { exit: 1 },
  digest_mismatch: { exit: 1 },
  truncated: { exit: 1 },
  malformed: { exit: 1 },
  limit_exceeded: { exit: 1 },
  unsupported: { exit: 1 },
  database_missing: { exit: 1 },
  database_corrupt: { exit: 1 },
  feed_empty: { exit: 1 },
  feed_shrank: { exit: 1 },
  feed_older: { exit: 1 },
  delta_unusable: { exit: 1 },
  feed_unreachable: { exit: 1 },
  feed_malformed: { exit: 1 },
  output_unwritable: { exit: 1 },
  worker_died: { exit: 3 },
  timed_out: { exit: 3 },
  server_unreachable: { exit: 1 },
  server_refused: { exit: 1 },
  delivery_failed: { exit: 1 },
  delivery_refused: { exit: 1 },
  already_running: { exit: 1 },
  not_running: { exit: 1 },
  port_in_use: { exit: 1 },
  cannot_listen: { exit: 1 },
  store_in_use: { exit: 1 },
  store_newer: { exit: 1 },
  store_full: { exit: 1 },
  migration_failed: { exit: 1 },
  unauthenticated: { exit: 1 },
  forbidden: { exit: 1 },
  conflict: { exit: 1 },
  too_many_requests: { exit: 1 },
  internal: { exit: 1 },
} as const

export type ErrorCode = keyof typeof errorCodes

/** The one error class. `code` is of the table above; `detail` names what it happened to; `cause` is the error beneath, if any. */
export class JennerError extends Error {
  readonly code: ErrorCode
  readonly detail: string
  constructor(code: ErrorCode, detail = '', cause?: unknown) {
    super(detail === '' ? code : `${code}: ${detail}`, cause === undefined ? undefined : { cause })
    this.name = 'JennerError'
    this.code = code
    this.detail = detail
  }
}

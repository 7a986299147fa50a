/** Something done in a throw-away container of its own, by /bin/sh as its first program. */
export interface Deed {
  script: string
  /** More arguments of `docker run`: capabilities, a user, a terminal. A mount of the host only where the rule is about it, and to read. */
  options?: readonly string[]
}

/** A stock rule with one real act that it must see and one near-miss that it must not. */
export interface Fires {
  rule: string
  act: Deed
  /** Ends with `end` (or `endInPerl`), so that what it raises is known to have come by. */
  nearMiss: Deed
  /** The address that the names in the rule have, told by a name service of the test. */
  namesAt?: string
}

/** A stock rule for processes of the host alone: the act runs the program there, the near-miss in a container. */
export interface FiresOnHost {
  rule: string
  /** A harmless link to `true` is run by this name. */
  program: string
}

export type RuleCase = Fires | FiresOnHost

/** The last thing a near-miss does: a rule of the test hears it. */
export const endMark = '/tmp/stock-rules-end'
export const end = `: > ${endMark}`

/** The act and the near-miss by one shell line each, and the same options for both unless told otherwise. */
export function byShell(rule: string, act: string, nearMiss: string, options: readonly string[] = []): Fires {
  return { rule, act: { script: act, options }, nearMiss: { script: `${nearMiss}; ${end}`, options } }
}

/** The act and the near-miss by Perl code each, run under the name of the program as the first process of the container. */
export function byPerl(rule: string, act: string, nearMiss: string, options: readonly string[] = []): Fires {
  return { rule, act: { script: perl(act), options }, nearMiss: { script: perl(nearMiss), options } }
}

/** The same deed, where only the way the container is started tells act from near-miss. */
export function byOptions(
  rule: string,
  script: string,
  { act, nearMiss }: { act: readonly string[]; nearMiss: readonly string[] },
): Fires {
  return {
    rule,
    act: { script: `${script}; ${end}`, options: act },
    nearMiss: { script: `${script}; ${end}`, options: nearMiss },
  }
}

/** Perl in place of the shell, so that no shell is its parent; `name` is a link to it. No single quotes in `code`. */
export function perl(code: string, name = 'perl'): string {
  return `exec ${name} -e '${code}; open E, ">", "${endMark}"'`
}

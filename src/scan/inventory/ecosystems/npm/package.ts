/** `@scope/name@rest` or `name@rest` taken apart at the first `@` that is not the scope's; undefined without one. */
export function splitSpec(spec: string): { name: string; rest: string } | undefined {
  const at = spec.indexOf('@', 1)
  return at < 0 ? undefined : { name: spec.slice(0, at), rest: spec.slice(at + 1) }
}

/** Whether text is a version that the registry could hold, and not an address, a path or a range. */
export function isVersion(text: string): boolean {
  return /^v?\d+(\.\d+)*([-+][0-9A-Za-z.+-]*)?$/.test(text)
}

/** The commit that a git address ends in: `git+ssh://…/x.git#<hex>`, `…#commit=<hex>`, `https://codeload.github.com/o/r/tar.gz/<hex>`. */
export function commitOf(address: string): string | undefined {
  return /(?:#(?:commit[=:])?|\/tar\.gz\/)([0-9a-f]{7,64})(?:$|&|::)/.exec(address)?.[1]
}

/** The version in a tarball's file name, as registries name them: `…/-/name-1.2.3.tgz`. */
export function versionOfTarball(name: string, address: string): string {
  const file =
    address
      .replace(/^file:|[?#].*$/gs, '')
      .split('/')
      .pop() ?? ''
  const base = `${name.split('/').pop()}-`
  const version = file.startsWith(base) && file.endsWith('.tgz') ? file.slice(base.length, -'.tgz'.length) : ''
  return isVersion(version) ? version : ''
}

/** What a tarball's address in a registry names: `https://host/@scope/name/-/name-1.2.3.tgz`. Undefined for addresses of other forms. */
export function namedByRegistry(address: string): { name: string; version: string } | undefined {
  const match =
    /^https?:\/\/[^?#]{1,1000}?\/((?:@[^/?#]{1,214}(?:\/|%2[fF]))?[^/@?#]{1,214})\/-\/[^/?#]{1,500}\.tgz(?:$|[?#])/.exec(
      address,
    )
  const name = match?.[1]?.replace(/%2f/i, '/')
  const version = name ? versionOfTarball(name, address) : ''
  return name && version !== '' ? { name, version } : undefined
}

/** Where it came from and its hash, as far as stated: what `Package.extra` holds for npm. */
export function originOf(facts: { integrity?: string; resolved?: string }): Record<string, string> | undefined {
  const { integrity, resolved } = facts
  const commit = resolved ? commitOf(resolved) : undefined
  if (!integrity && !resolved) return undefined
  return { ...(integrity && { integrity }), ...(resolved && { resolved }), ...(commit && { commit }) }
}

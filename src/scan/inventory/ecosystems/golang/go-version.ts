/**
 * The standard library's version, in the form that Go's advisories use (SemVer), of a toolchain's version:
 * `go1.22.1` → `1.22.1`, `go1.21rc2` → `1.21.0-rc.2`, `go1.20.5 X:boringcrypto` and `go1.20.5-vendor` → `1.20.5`, `devel go1.23-abcdef` → `1.23`.
 * Undefined when there is no number in it (`devel +abcdef`).
 */
export function stdlibVersion(goVersion: string): string | undefined {
  const match = /(?:^|[ ]|go)(\d+\.\d+)(\.\d+)?(?:(rc|beta)(\d+))?/.exec(goVersion)
  if (match === null) return undefined
  const [, minor, patch = '', stage, number] = match
  return stage === undefined ? minor + patch : `${minor}${patch || '.0'}-${stage}.${number}`
}

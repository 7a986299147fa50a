/**
 * apk-repositories(5): one repository a line, `[@tag] URL`, the URL holding the branch: `…/alpine/v3.19/main`, `…/alpine/edge/testing`.
 * The newest branch named, `3.19` or `edge`; tagged lines serve single packages and do not count.
 */
export function apkRepositoryVersion(text: string | undefined): string | undefined {
  let newest: [number, number] | undefined
  for (const line of (text ?? '').split(/\r?\n/)) {
    const match =
      /^\s*(?:https?|ftp):\/\/[^\s]*\/alpine\/(?:(edge|latest-stable)|v?(\d{1,4})\.(\d{1,4}))(?:\.\d+)?\//.exec(line)
    if (!match) continue
    if (match[1] === 'edge') return 'edge'
    if (match[2] === undefined) continue
    const version: [number, number] = [Number(match[2]), Number(match[3])]
    if (!newest || version[0] > newest[0] || (version[0] === newest[0] && version[1] > newest[1])) newest = version
  }
  return newest?.join('.')
}

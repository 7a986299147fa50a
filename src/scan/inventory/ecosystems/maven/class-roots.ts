const maxRoots = 4
const maxCounted = 5_000
/** The smallest part of an archive's classes that makes a package one of its own: what was shaded in is mostly more. */
const leastShare = 0.1

/**
 * The packages that an archive's classes are in, to three parts (`org.springframework.restdocs`), the fullest first, by blanks; `''` without any. Whoever publishes an
 * artifact names its group after the domain that its packages begin with: an archive that states no group shows by them whose it is.
 */
export class ClassRoots {
  private readonly counts = new Map<string, number>()
  private total = 0

  /** Takes the name of an entry: `org/x/y/Some.class`, also below BOOT-INF or WEB-INF. */
  add(name: string): void {
    if (!name.endsWith('.class') || name.startsWith('META-INF/')) return
    const folders = name.replace(/^(?:BOOT|WEB)-INF\/classes\//, '').split('/', 4)
    if (folders.length < 2) return
    const root = (folders.length > 3 ? folders.slice(0, 3) : folders.slice(0, -1)).join('.')
    if (!isPackage.test(root)) return
    const known = this.counts.get(root)
    if (known === undefined && this.counts.size >= maxCounted) return
    this.counts.set(root, (known ?? 0) + 1)
    this.total++
  }

  toString(): string {
    return [...this.counts]
      .filter(([, count]) => count >= this.total * leastShare)
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, maxRoots)
      .map(([root]) => root)
      .join(' ')
  }
}

const isPackage = /^[\w$]{1,60}(?:\.[\w$]{1,60}){0,2}$/

import type { Distro } from './distro.ts'
import type { IncompleteCode } from './inventory.ts'
import type { Package } from './package.ts'

/** What the reader says about a file before its bytes are asked for. */
export interface FileEntry {
  /** Relative to the root, normalised: no leading `/` or `./`, no `//`, no `..`. */
  path: string
  size: number
  /** Permission bits. */
  mode: number
}

/** A file's bytes, whole or by parts, whatever holds them (memory, a spill file, the real file system). All reads are synchronous. */
export interface ContentFile extends FileEntry {
  /** Up to `length` bytes from `offset`; shorter only at the end of the file. The result is the caller's to read until the next call. */
  read(offset: number, length: number): Uint8Array
  /** The whole file; throws JennerError limit_exceeded above the extractor's `maxBytes`. */
  bytes(): Uint8Array
  /** bytes() decoded: UTF-8 with invalid bytes replaced, a UTF-8/UTF-16 byte order mark honoured. */
  text(): string
}

/** Which files an extractor wants. Exactly one of the first six; `where` refines. Kept as data so that a million paths cost a hash look-up each. */
export interface FilePattern {
  /** Last part of the path, exact: `package-lock.json`. */
  basename?: string
  /** End of the last part, from its last dot: `.jar`. */
  extension?: string
  /** The whole path: `var/lib/dpkg/status`. */
  path?: string
  /** Every file directly in this folder: `var/lib/dpkg/status.d`. */
  folder?: string
  /** Every file at any depth below this folder: `nix/store`. Each such pattern is asked for every path: few may have one, and `where` should let little through. */
  under?: string
  /** An executable program: an ELF, PE or Mach-O file by its first bytes, of at least 1 KiB. */
  executable?: true
  where?: (entry: FileEntry) => boolean
}

/** How a parser names a part of its file that it could not read. */
export type ReportProblem = (code: IncompleteCode, detail: string) => void

/** The merged facts of one extractor over an artifact, after whiteouts: what `assemble` sees. */
export interface FactView<Facts> {
  /** By path, sorted. */
  files: { path: string; facts: Facts }[]
  get(path: string): Facts | undefined
  os?: Distro
  /** Told what could not be followed from one file to another: a circle, a file that is not there. */
  problem?: (path: string, code: IncompleteCode, detail: string) => void
}

/**
 * A package before the house completes it: `id`, `layer`, `type`, `foundBy` and `path` (the file parsed) are filled in where absent.
 * An extractor that knows a graph sets `id` to any string unique within one file (or one `assemble`) and names those in `dependsOn`; the house replaces both.
 */
export type FoundPackage = Partial<Package> & Pick<Package, 'name' | 'version'>

/**
 * One way of finding packages. `parse` is pure: one file's bytes to facts (plain JSON, since facts are cached per layer). `assemble` is pure:
 * the facts of the whole artifact to packages; without it, facts are the packages themselves.
 * `parse` throws on bytes it cannot read (any error): the house turns that into an Incomplete naming the file. What it could read of a damaged file
 * it returns, and tells `problem` what is missing: each call becomes an Incomplete of that file.
 */
export interface Extractor<Facts = FoundPackage[]> {
  /** Also the report's `Type` and `Package.foundBy`: Trivy's names where it has one. */
  id: string
  /** Raise when facts change shape or meaning: it is part of the cache key. */
  revision: number
  patterns: FilePattern[]
  /** Largest file `bytes()` gives, in bytes. Default 64 MiB. Larger ones only by `read`. */
  maxBytes?: number
  /** What is wanted stands in the first of these bytes: of a larger file (a model of gigabytes) no more is gathered, and `size` is that of what was. */
  headBytes?: number
  parse(file: ContentFile, problem?: ReportProblem): Facts | undefined
  assemble?(view: FactView<Facts>): FoundPackage[]
  /** Where the package files stand: `lock` files say what would be installed (fs, repo), `installed` what is (images, rootfs), `both` what is, wherever they stand. */
  stage: 'lock' | 'installed' | 'both'
}

/** Order and ranges of one ecosystem's versions. `undefined`: cannot be compared. Never throws. */
export interface VersionScheme {
  compare(a: string, b: string): -1 | 0 | 1 | undefined
  satisfies(version: string, range: string): boolean | undefined
  /** Order of an installed version to a bound or a version that an advisory names, where it is another than `compare`'s (PEP 440: a local part counts only where the bound has one). */
  toBound?(version: string, bound: string): -1 | 0 | 1 | undefined
}

/** What judging packages of one purl type takes. It is apart from finding them, so that who only judges loads no extractor. */
export interface EcosystemTraits {
  /** purl type, and the folder's name. */
  type: string
  /** For tables and documents. */
  title: { en: string; ko: string }
  class: 'os-pkgs' | 'lang-pkgs'
  versions: VersionScheme
  /** Key of a package name in the advisory database (PyPI: lower case, runs of `-_.` to `-`). */
  normalizeName(name: string): string
  /** OSV ecosystem names whose advisories speak of this package, most specific first. OS packages need the distribution. */
  advisoryEcosystems(distro: Distro | undefined, pkg: Package): string[]
}

/** All that Jenner knows about one purl type, in one folder. */
export interface Ecosystem extends EcosystemTraits {
  extractors: AnyExtractor[]
}

/** An extractor whose facts only it and its own `assemble` understand. */
// biome-ignore lint/suspicious/noExplicitAny: the facts' type is private to each extractor; a list of them cannot name it
export type AnyExtractor = Extractor<any>
